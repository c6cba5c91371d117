"""Frozen records: a class of named values with equality, hash, repr and slots.

They are what ``dataclass(frozen=True, slots=True, kw_only=True)`` gives, except that freezing is
left to the type checker. Defining a dataclass costs close to a millisecond, most of it for
methods that a short run never calls, and this program defines a hundred; a record costs a tenth
and is built twice as fast (see benchmarks/cold_start.py).
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
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


def maker(cls: Any) -> Callable[..., Any]:
    """Return what makes a record of the values of all its fields in their order, at the least cost."""
    return _named(_MAKE, cls.__record_fields__, _new=object.__new__, _cls=cls)


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
    """Return an ``__init__`` that makes the real one the first time it is needed."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807 - it is one
        cls = type(self)
        cls.__init__ = _init(fields, kw_only=kw_only)
        cls.__init__(self, *args, **kwargs)

    return __init__


def _first_copy(made: Any, found: Any) -> None:
    """Give *made* the values of *found*, by what is made the first time that it is needed."""
    cls = type(found)
    cls._copy = _named(_COPY, cls.__record_fields__)
    cls._copy(made, found)


def _init(fields: dict[str, Any], *, kw_only: bool) -> Any:
    names = tuple(fields)
    places = {name: place for place, name in enumerate(names)}
    defaults: dict[str, Any] = {}
    values: dict[str, Any] = {"_REQUIRED": _REQUIRED}
    for name, given in fields.items():
        default, factory = (given.default, given.factory) if isinstance(given, _Field) else (given, None)
        if factory is not None:
            values[f"_factory_{places[name]}"] = factory
            defaults[name] = _REQUIRED
        elif default is not _REQUIRED:
            defaults[name] = default
    anew = tuple(place for place in range(len(names)) if f"_factory_{place}" in values)
    init = _named(_INIT, names, anew, kw_only=kw_only, **values)
    if kw_only:
        init.__kwdefaults__ = defaults
    else:
        init.__defaults__ = tuple(defaults.values())
    return init


_INIT = ("def __init__(self, {parameters}):", " self.{name} = {value}", "")
_COPY = ("def copy(made, found):", " made.{name} = found.{name}", "")
_MAKE = ("def make({parameters}):\n self = _new(_cls)", " self.{name} = {name}", " return self")


def _named(
    shape: tuple[str, str, str],
    names: tuple[str, ...],
    anew: tuple[int, ...] = (),
    *,
    kw_only: bool = False,
    **values: Any,
) -> FunctionType:
    """Return the function of a *shape* on values called *names*; those at *anew* may be made by factories.

    Compiling a function takes forty times as long as naming the values of one that is compiled.
    """
    code = _compiled(shape, len(names), anew, kw_only=kw_only)
    named = {f"_value_{place}": name for place, name in enumerate(names)}
    found = code.replace(
        co_names=tuple(named.get(each, each) for each in code.co_names),
        co_varnames=tuple(named.get(each, each) for each in code.co_varnames),
    )
    return FunctionType(found, values)


@cache
def _compiled(shape: tuple[str, str, str], count: int, anew: tuple[int, ...], *, kw_only: bool) -> CodeType:
    head, each, end = shape
    names = [f"_value_{place}" for place in range(count)]
    star = "*, " if kw_only and names else ""
    lines = [head.format(parameters=star + ", ".join(names))]
    for place, name in enumerate(names):
        made = f"_factory_{place}() if {name} is _REQUIRED else {name}" if place in anew else name
        lines.append(each.format(name=name, value=made))
    values: dict[str, Any] = {}
    exec("\n".join((*lines, end or " pass")), values)  # noqa: S102 - as dataclasses does, of nothing but numbers
    (function,) = (value for value in values.values() if isinstance(value, FunctionType))
    return function.__code__


def __eq__(self: Any, other: Any) -> bool:  # noqa: N807 - becomes the method of records
    if other.__class__ is not self.__class__:
        return NotImplemented
    return bool(self._compared(self) == self._compared(other))


def __hash__(self: Any) -> int:  # noqa: N807 - becomes the method of records
    return hash(self._compared(self))


def __repr__(self: Any) -> str:  # noqa: N807 - becomes the method of records
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__record_fields__)
    return f"{type(self).__name__}({values})"
