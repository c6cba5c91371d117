"""The rows of a list of units → the units: names, levels, superiors, and ids made from the names."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from validator.binding.recognition import load_recognition
from validator.model.location import Location
from validator.model.record import evolve, record
from validator.model.report import Unit
from validator.model.suggestion import nearest
from validator.model.unit_list import DeclaredUnit, UnitList
from validator.model.verdict import Severity
from validator.readers.notation import load_notation
from validator.readers.unit_list import MOST_UNITS, UnitListResult, ring_text, rings
from validator.submissions.unit_table import UnitRow, load_list_words, problem, unit_rows
from validator.text.fold import folded, spelled, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from validator.model.problem import Problem

_MOST_FAULTS = 50
_MOST_SUGGESTIONS = 5
_LONGEST = 200


@record
class _Listed:
    """A unit as it is listed: its row, its name apart from the committee's, the words of its level."""

    row: UnitRow
    name: str
    level: str | None = None
    level_words: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """The words of its name, marks and all."""
        return spelled(self.name)

    @property
    def place(self) -> Location:
        """Where its name stands."""
        return self.row.cells["name"].place

    def text(self, kind: str) -> str:
        """What its row says under a heading."""
        cell = self.row.cells.get(kind)
        return cell.text if cell is not None else ""


def read_unit_table(path: Path) -> UnitListResult:
    """Return the units listed in the workbook or the CSV file at *path*."""
    found = unit_rows(path)
    problems = list(found.problems)
    listed = tuple(_listed(found.rows, problems, has_columns=found.has_columns))
    if not (listed or any(each.severity is Severity.ERROR for each in problems)):
        problems.append(problem("no-rows", Location(file=str(path)), path=path.name))
    if len(listed) > MOST_UNITS:
        problems.append(problem("too-many-units", Location(file=str(path)), most=MOST_UNITS))
        listed = ()
    units = _declared(listed, problems)
    told = _bounded(problems)
    if not units or any(each.severity is Severity.ERROR for each in told):
        return UnitListResult(units=None, problems=told)
    return UnitListResult(units=UnitList(units=units, file=str(path)), problems=told)


def _bounded(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems in the order of the file; those of a kind beyond the first are counted."""
    counts: Counter[str] = Counter(each.code for each in problems)
    seen: Counter[str] = Counter()
    told: list[Problem] = []
    for each in sorted(problems, key=lambda one: (one.location.sheet or "", one.location.row or 0)):
        seen[each.code] += 1
        if seen[each.code] <= _MOST_FAULTS:
            told.append(each)
        elif seen[each.code] == _MOST_FAULTS + 1:
            args = {"count": counts[each.code] - _MOST_FAULTS, "code": each.code}
            told.append(evolve(each, code="units/more", args=args))
    return tuple(told)


def _listed(rows: Sequence[UnitRow], problems: list[Problem], *, has_columns: bool) -> Iterator[_Listed]:
    """Yield the units of rows; what stands besides in a row of the same name is that unit's."""
    above = {words(row.cells["superior"].text) for row in rows if "superior" in row.cells}
    open_unit: _Listed | None = None
    for row in rows:
        if row.goes_on and open_unit is not None:
            more = row.lists.get("predecessors", ())
            open_unit = evolve(open_unit, predecessors=(*open_unit.predecessors, *more))
            continue
        if open_unit is not None:
            yield open_unit
        open_unit = _unit_of(row, above, problems, has_columns=has_columns)
    if open_unit is not None:
        yield open_unit


def _unit_of(
    row: UnitRow, above: set[tuple[str, ...]], problems: list[Problem], *, has_columns: bool
) -> _Listed | None:
    name = row.cells.get("name")
    said = {kind for kind in (*row.cells, *row.lists) if kind != "number"}
    if row.beyond is not None:
        problems.append(problem("row-too-wide", row.beyond.place, text=row.beyond.text[:_LONGEST]))
        return None
    if name is None:
        if said:
            problems.append(problem("name-missing", row.place))
        return None
    if not any(map(str.isalpha, name.text)) or len(name.text) > _LONGEST:
        problems.append(problem("not-a-name", name.place, text=name.text[:_LONGEST]))
        return None
    found = _named(row, name.text)
    is_alone = has_columns and set(row.cells) | set(row.lists) == {"name"}
    if is_alone and not (found.level or _is_office(name.text) or words(name.text) in above):
        problems.append(problem("line-passed-over", name.place, Severity.WARNING, text=name.text))
        return None
    return found


def _is_office(name: str) -> bool:
    told = words(name)
    return any(told[: len(each)] == each for each in load_list_words().offices)


def _named(row: UnitRow, written: str) -> _Listed:
    """Return a unit with its name as people read it: without its committee, not all in capitals."""
    name = _without_committee(written)
    name = name.title() if name.isupper() else name
    plain = folded(name)
    level = next((each for each in load_recognition().levels if plain.startswith(f"{each[0]} ")), None)
    stated = row.cells["level"].text.casefold() if "level" in row.cells else ""
    known = load_notation().data.levels.get(stated) or (stated or None)
    others = (written,) if name.casefold() != written.casefold() else ()
    return _Listed(
        row=row,
        name=f"{name[:1].upper()}{name[1:]}",
        level=known or (level and level[1]),
        level_words=words(level[0]) if level else (),
        other_names=(*others, *row.lists.get("synonyms", ())),
        predecessors=row.lists.get("predecessors", ()),
    )


def _without_committee(name: str) -> str:
    plain = folded(name)
    for office in load_recognition().committee:
        if plain.startswith(f"{office} "):
            return " ".join(name.split()[len(office.split()) :])
    return name


def _declared(listed: Sequence[_Listed], problems: list[Problem]) -> tuple[DeclaredUnit, ...]:
    """Return the units with their ids and superiors; what is wrong with them goes to *problems*."""
    found = _once(listed, problems)
    book = _Book(found)
    parents = [book.superior(each, problems) for each in found]
    ids = _ids(found, parents, problems)
    units = {
        ids[at]: _declared_unit(each, ids[at], ids[above] if above is not None else None)
        for at, (each, above) in enumerate(zip(found, parents, strict=True))
    }
    for ring in rings(units):
        names = tuple(units[each].name for each in ring)
        problems.append(problem("own-superior", units[ring[0]].location, units=ring_text(names)))
    for each in found:
        email = each.row.cells.get("email")
        if email is not None and "@" not in email.text:
            problems.append(problem("no-email", email.place, Severity.WARNING, text=email.text))
    return tuple(units.values())


def _declared_unit(each: _Listed, unit_id: str, parent: str | None) -> DeclaredUnit:
    email = each.text("email")
    return DeclaredUnit(
        unit=Unit(id=unit_id, name=each.name, level=each.level, parent=parent),
        synonyms=tuple(dict.fromkeys(each.other_names)),
        predecessors=tuple(dict.fromkeys(each.predecessors)),
        address=each.text("address"),
        email=email if "@" in email else "",
        location=each.place,
    )


def _once(listed: Sequence[_Listed], problems: list[Problem]) -> list[_Listed]:
    """Return each unit once: one of the same name below the same superior is told."""
    seen: dict[object, _Listed] = {}
    for each in listed:
        key = (each.key, spelled(_without_committee(each.text("superior"))), words(each.text("id")))
        first = seen.setdefault(key, each)
        if first is not each:
            where = first.place.cell or ""
            problems.append(problem("twice", each.place, name=each.name, cell=where))
    return list(seen.values())


class _Book:
    """Finds superiors by what a list calls them."""

    def __init__(self, listed: Sequence[_Listed]) -> None:
        self.listed = listed
        self.told: set[tuple[str, ...]] = set()
        self.by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, each in enumerate(listed):
            names = (each.name, *each.other_names, each.text("id"))
            for name in {spelled(_without_committee(name)) for name in names if name}:
                self.by_name[name].append(at)

    def superior(self, unit: _Listed, problems: list[Problem]) -> int | None:
        """Return which unit is above *unit*; one that is not listed, or not the only one, is told."""
        cell = unit.row.cells.get("superior")
        if cell is None or cell.text in ("-", "–"):
            return None
        wanted = spelled(_without_committee(cell.text))
        found = self.by_name.get(wanted, [])
        if len(found) == 1:
            return found[0]
        if found:
            problems.append(problem("several-superiors", cell.place, superior=cell.text, count=len(found)))
            return None
        near = ""
        if wanted not in self.told and len(self.told) < _MOST_SUGGESTIONS:
            # Each look for the nearest goes through all names.
            self.told.add(wanted)
            near = nearest(cell.text, [each.name for each in self.listed])
        problems.append(problem("no-such-superior", cell.place, superior=cell.text, suggestion=near))
        return None


def _ids(found: Sequence[_Listed], parents: Sequence[int | None], problems: list[Problem]) -> tuple[str, ...]:
    """Return the ids: those written, else made from the names, longer where the shorter is another's too.

    The shortest is what reading a document makes of its head: names without level.
    """
    written = [each.text("id") for each in found]
    for text, places in _places(written).items():
        for at in places[1:] if text else ():
            cell = found[at].row.cells["id"]
            first = found[places[0]]
            problems.append(problem("code-twice", cell.place, id=text, name=first.name))
    made = [words(each.name)[len(each.level_words) :] or words(each.name) for each in found]
    longer = [words(each.name) for each in found]
    above = [words(found[at].name) if at is not None else () for at in parents]
    longest = [(*one, *other) for one, other in zip(longer, above, strict=True)]
    ids = _apart(["-".join(each) for each in made], written)
    for more in (longer, longest):
        again = {text for text, places in _places(ids).items() if len(places) > 1}
        ids = _apart(["-".join(more[at]) if each in again else each for at, each in enumerate(ids)], written)
    return _numbered(ids, found)


def _apart(made: Iterable[str], written: Sequence[str]) -> list[str]:
    return [own or each for own, each in zip(written, made, strict=True)]


def _places(texts: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        found[text].append(at)
    return found


def _numbered(ids: Sequence[str], found: Sequence[_Listed]) -> tuple[str, ...]:
    """Return ids, of those still alike, as of names that only marks tell apart, the second with a number."""
    told = list(ids)
    for text, places in _places(ids).items():
        for number, at in enumerate(sorted(places, key=lambda at: found[at].key), start=1):
            told[at] = text if number == 1 else f"{text}-{number}"
    return tuple(told)
