"""Frozen records: a class of named values with equality, hash, repr and slots.

They are what ``dataclass(frozen=True, slots=True, kw_only=True)`` gives, except that freezing is
left to the type checker. Defining a dataclass costs close to a millisecond, most of it for
methods that a short run never calls, and this program defines a hundred; a record costs a tenth
and is built twice as fast (see benchmarks/cold_start.py).
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_REQUIRED: Any = object()


class _Field:
    """A default made anew for each record, or a value left out of comparisons."""

    __slots__ = ("compare", "default", "factory")

    def __init__(self, default: Any, factory: Any, *, compare: bool) -> None:
        self.default = default
        self.factory = factory
        self.compare = compare


def field(*, default: Any = _REQUIRED, default_factory: Any = None, compare: bool = True) -> Any:
    """Describe a value of a record as `dataclasses.field` does."""
    return _Field(default, default_factory, compare=compare)


@overload
def record(cls: type[T], /) -> type[T]: ...
@overload
def record(*, kw_only: bool = True) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(cls: Any = None, /, *, kw_only: bool = True) -> Any:
    """Make *cls* a record of the values annotated in it; they are given by keyword unless said."""
    if cls is None:
        return lambda each: _build(each, kw_only=kw_only)
    return _build(cls, kw_only=kw_only)


def evolve(found: T, **changes: Any) -> T:
    """Return a copy of a record with some values changed."""
    cls: Any = type(found)
    made = cls.__new__(cls)
    cls._copy(made, found)
    for name, value in changes.items():
        setattr(made, name, value)
    return made  # type: ignore[no-any-return]


def record_fields(found: object) -> tuple[str, ...]:
    """Return the names of a record's values in the order of their declaration."""
    names: tuple[str, ...] = getattr(found, "__record_fields__")  # noqa: B009 - set by `record`
    return names


def _build(cls: Any, *, kw_only: bool) -> Any:
    names = tuple(cls.__dict__.get("__annotations__", ()))  # noqa: RUF063 - importing inspect costs more
    fields = {name: cls.__dict__.get(name, _REQUIRED) for name in names}
    compared = [name for name in names if not (isinstance(fields[name], _Field) and not fields[name].compare)]
    body = {
        name: value
        for name, value in cls.__dict__.items()
        if name not in fields and name not in ("__dict__", "__weakref__")
    }
    body |= {
        "__slots__": names,
        "__record_fields__": names,
        "__match_args__": () if kw_only else names,
        "__init__": _first_init(fields, kw_only=kw_only),
        "_copy": _first_copy,
        "_compared": attrgetter(*compared),
    }
    for method in (__eq__, __hash__, __repr__):
        body.setdefault(method.__name__, method)
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def _first_init(fields: dict[str, Any], *, kw_only: bool) -> Callable[..., None]:
    """Return an ``__init__`` that compiles the real one the first time it is needed."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - it is one
        cls = type(self)
        cls.__init__ = _compile_init(fields, kw_only=kw_only)
        cls.__init__(self, *args, **kwargs)

    return __init__


def _first_copy(made: Any, found: Any) -> None:
    """Give *made* the values of *found*, by what is compiled the first time that it is needed."""
    cls = type(found)
    lines = [f" made.{name} = found.{name}" for name in cls.__record_fields__]
    values: dict[str, Any] = {}
    exec("def copy(made, found):\n" + ("\n".join(lines) or " pass"), values)  # noqa: S102 - as below
    cls._copy = values["copy"]
    cls._copy(made, found)


def _compile_init(fields: dict[str, Any], *, kw_only: bool) -> Any:
    parameters: list[str] = []
    lines: list[str] = []
    values: dict[str, Any] = {"_REQUIRED": _REQUIRED}
    for name, given in fields.items():
        default, factory = (given.default, given.factory) if isinstance(given, _Field) else (given, None)
        if factory is not None:
            values[f"_factory_{name}"] = factory
            parameters.append(f"{name}=_REQUIRED")
            lines.append(f" self.{name} = _factory_{name}() if {name} is _REQUIRED else {name}")
            continue
        if default is _REQUIRED:
            parameters.append(name)
        else:
            values[f"_default_{name}"] = default
            parameters.append(f"{name}=_default_{name}")
        lines.append(f" self.{name} = {name}")
    star = "*, " if kw_only and parameters else ""
    source = f"def __init__(self, {star}{', '.join(parameters)}):\n" + ("\n".join(lines) or " pass")
    exec(source, values)  # noqa: S102 - as dataclasses does; the source is made of field names only
    return values["__init__"]


def __eq__(self: Any, other: Any) -> bool:  # noqa: N807 - becomes the method of records
    if other.__class__ is not self.__class__:
        return NotImplemented
    return bool(self._compared(self) == self._compared(other))


def __hash__(self: Any) -> int:  # noqa: N807 - becomes the method of records
    return hash(self._compared(self))


def __repr__(self: Any) -> str:  # noqa: N807 - becomes the method of records
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__record_fields__)
    return f"{type(self).__name__}({values})"
