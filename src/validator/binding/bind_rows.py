"""The rows of an appendix → cells with their values, those in remarks too."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from validator.binding.found import Found, cell_of, excerpt, fault_of
from validator.binding.masked import NumberKind
from validator.binding.phrase import compile_phrase
from validator.binding.row import RowBinder, RowBinding
from validator.binding.running import mask_text
from validator.binding.written import read_written
from validator.model.field import FieldType
from validator.model.problem import Problem
from validator.model.reach import Reach, Unbound
from validator.model.record import evolve
from validator.model.verdict import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validator.binding.appendix import FigureRow
    from validator.binding.masked import Number
    from validator.binding.recognition import Recognition
    from validator.binding.row_roles import RowRoles
    from validator.binding.targets import NoteTarget, RowTarget
    from validator.model.field import FieldDef
    from validator.model.location import Location
    from validator.model.report import Cell
    from validator.readers.notation import Notation


class RowsToCells:
    """Binds the rows of one table and reads what stands in them."""

    def __init__(
        self,
        targets: Sequence[RowTarget],
        notes: Sequence[NoteTarget],
        known: Recognition,
        notation: Notation,
        level: str | None,
        *,
        noisy: bool = False,
        roles: RowRoles | None = None,
    ) -> None:
        self.noisy, self.roles = noisy, roles
        self.targets, self.notes = targets, notes
        self.known, self.notation, self.level = known, notation, level
        self.cells: list[Cell] = []
        self.remarks: list[Cell] = []
        self.problems: list[Problem] = []
        self.unbound: list[Unbound] = []
        self.others: Counter[str] = Counter()
        self.rows = self.bound = 0

    def bind(self, rows: Sequence[FigureRow], level: str = "") -> Found:
        """Return the cells of *rows*, all of one *level* if given, and what of them was not understood."""
        for binding in self._bound(rows, level):
            self._value(binding)
            self._note(binding)
        return Found(
            cells=(*self.cells, *self.remarks),
            problems=tuple(self.problems),
            reach=Reach(
                rows=self.rows,
                rows_bound=self.bound,
                others=dict(self.others),
                unbound=tuple(self.unbound),
            ),
        )

    def _bound(self, rows: Sequence[FigureRow], level: str) -> tuple[RowBinding, ...]:
        if self.roles and level:
            # Labels are those of the unit as a whole: of one level only what words mean tells the field.
            unknown = [RowBinding(row=row, why="no-field") for row in rows]
            return self.roles.bind(unknown, self.targets, level)
        found = RowBinder(rows, self.targets, self.known, self.level, noisy=self.noisy).bind()
        return self.roles.bind(found, self.targets) if self.roles else found

    def _value(self, binding: RowBinding) -> None:
        row = binding.row
        target = binding.target
        is_for_words = target is not None and not target.definition.type.is_numeric
        location = evolve(row.value_location, excerpt=f"{row.label}: {row.value}")
        if self.notation.is_nothing(row.value) or (
            not is_for_words and self.notation.has_no_figure(row.value)
        ):
            if target is not None and self.notation.is_none(row.value):
                self.problems.append(_no_figure(row.value, target, location))
            return
        self.rows += 1
        if target is None:
            self.unbound.append(
                Unbound(
                    raw=row.value, text=row.label, location=location, why=binding.why, close=binding.close
                )
            )
            return
        definition = target.definition
        written = read_written(
            row.value, definition, self.notation, unit=self._unit(row, definition), values=target.values
        )
        if written is None:
            return
        if written.fault is not None and self.noisy:
            why = "unreadable"
            self.unbound.append(Unbound(raw=row.value, text=row.label, location=location, why=why))
            return
        self.bound += 1
        confidence = "certain" if binding.alike >= _SURE and not self.noisy else "likely"
        self.cells.append(
            cell_of(definition, row.value, written, location, text=row.label, confidence=confidence)
        )
        problem = fault_of(definition, row.value, written, location)
        self.problems += [problem] if problem else []

    def _unit(self, row: FigureRow, definition: FieldDef) -> str:
        """Return the unit that a row states, for money else the one over its column or its table."""
        if row.unit or definition.type is not FieldType.MONEY:
            return row.unit
        stated = (part.rpartition(":")[2].strip() for part in _PARTS.split(row.heading))
        return next((unit for unit in stated if self._is_unit_of_money(unit)), "")

    def _is_unit_of_money(self, text: str) -> bool:
        amount = f"1 {text}".lower()
        return bool(text) and self.notation.parse(amount, FieldType.MONEY) is not None

    def _note(self, binding: RowBinding) -> None:
        """Bind the numbers among the remarks of a row; list those that are figures and have no field."""
        row = binding.row
        if not row.note:
            return
        masked = mask_text(row.note, self.known)
        claims: dict[int, list[tuple[int, NoteTarget]]] = {}
        for target in self.notes:
            if binding.path not in target.under or not binding.path:
                continue
            is_date = target.definition.type is FieldType.DATE
            for words in target.phrases:
                phrase = compile_phrase(words, self.known.copula, self.known, is_date=is_date)
                for match in phrase.matches(masked.text):
                    number = masked.number_at(match.start("n"))
                    claims.setdefault(number.start, []).append((phrase.weight, target))
        for number in masked.numbers:
            self._remark(row, number, claims.get(number.start, []))

    def _remark(self, row: FigureRow, number: Number, claims: list[tuple[int, NoteTarget]]) -> None:
        place = evolve(
            row.note_location or row.location,
            excerpt=excerpt(row.note, number.start, number.end),
            start=number.start,
            end=number.end,
        )
        best = max((weight for weight, _ in claims), default=0)
        fields = {target.definition.path: target for weight, target in claims if weight == best}
        if len(fields) == 1:
            definition = next(iter(fields.values())).definition
            written = read_written(number.raw, definition, self.notation)
            if written is not None and written.fault is None and _fits(number, definition.type):
                text = place.excerpt or ""
                found = cell_of(definition, number.raw, written, place, text=text, confidence="certain")
                # A row's own figure is its first statement, whatever remarks above it say.
                self.remarks.append(found)
                return
        if number.other:
            self.others[number.other] += 1
            return
        why = "close" if len(fields) > 1 else "remark"
        self.unbound.append(
            Unbound(
                raw=number.raw, text=place.excerpt or "", location=place, why=why, close=tuple(sorted(fields))
            )
        )


_SURE = 950
_PARTS = re.compile(r"[()\n]")


def _no_figure(raw: str, target: RowTarget, location: Location) -> Problem:
    """Return the note that words stand in a place for a number."""
    args = {"raw": raw, "path": target.path}
    return Problem(code="read/no-figure", location=location, severity=Severity.INFO, args=args)


def _fits(number: Number, kind: FieldType) -> bool:
    if kind is FieldType.PERCENT:
        return number.kind is NumberKind.PERCENT
    if kind is FieldType.COUNT:
        return number.kind is NumberKind.PLAIN
    return True
