"""The superior's report computed from those of its units: sums and shares, with their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.model.field import FieldType
from validator.model.quantity import Quantity
from validator.model.record import evolve
from validator.model.report import Cell, Report
from validator.model.rollup import LeftOut, Rolled, Rollup
from validator.packs.forms import form_of, packs_for
from validator.reviewing.rollup_gather import gather
from validator.reviewing.rollup_own import differences
from validator.reviewing.rollup_plan import plan_of, shares
from validator.reviewing.rollup_share import left_out_shares, work_out
from validator.reviewing.rollup_sum import add_table, add_up
from validator.submissions.versions import usual_window

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from validator.model.field import Form
    from validator.model.report import Row, Unit
    from validator.packs.pack import RulePack
    from validator.reviewing.rollup_gather import Gathered, Wanted
    from validator.reviewing.rollup_plan import Plan


def roll_up(sources: Sequence[str | Path], wanted: Wanted) -> Rollup:
    """Return the report of the superior of the units whose reports are in *sources*.

    Raises `ValidatorError` if there is no report to add up, or no one superior.
    """
    found = gather(sources, wanted)
    first = found.members[0]
    return _computed(found, form_of(first, wanted.packs), packs_for(first.form, wanted.packs))


def _computed(gathered: Gathered, form: Form, packs: Sequence[RulePack]) -> Rollup:
    head = Report(
        form=form.name, unit=gathered.parent, period=usual_window(each.period for each in gathered.members)
    )
    plan = plan_of(form, packs, head)
    cells: dict[str, tuple[Cell, ...]] = {}
    figures: dict[str, Rolled] = {}
    for addition in plan.additions:
        made = add_up(addition, form.fields[addition.path], gathered.members, gathered.lacking)
        if made is not None:
            cells[addition.path], figures[addition.path] = (made[0],), made[1]
    # A share is that of the exact sums, which lie within the digits that are written.
    sums = evolve(head, cells={path: (_exact(found[0], figures[path]),) for path, found in cells.items()})
    worked_out, why = work_out(sums, figures, shares(packs, head))
    cells |= {path: (cell,) for path, (cell, _) in worked_out.items()}
    figures |= {path: how for path, (_, how) in worked_out.items()}
    tables, in_tables, lost = _tables(form, gathered)
    report = evolve(head, cells={path: cells[path] for path in form.fields if path in cells}, tables=tables)
    stated = {path for each in gathered.members for path in each.cells}
    left_out = (
        *_not_added(form, stated, plan, cells),
        *left_out_shares(form, stated, worked_out, why),
        *lost,
    )
    return Rollup(
        report=report,
        figures=figures | in_tables,
        units=tuple(each.unit for each in gathered.members),
        missing=_units(gathered, "not-submitted"),
        unread=_units(gathered, "not-read"),
        left_out=left_out,
        aside=gathered.aside,
        passed_over=gathered.passed_over,
        joined=gathered.joined,
        own=gathered.own.file if gathered.own else "",
        differences=tuple(differences(gathered.own, report, figures, form)) if gathered.own else (),
    )


def _units(gathered: Gathered, reason: str) -> tuple[Unit, ...]:
    return tuple(each.unit for each in gathered.lacking if each.reason == reason)


def _exact(cell: Cell, how: Rolled) -> Cell:
    return cell if how.total is None else evolve(cell, value=Quantity(how.total))


def _tables(
    form: Form, found: Gathered
) -> tuple[Mapping[str, tuple[Row, ...]], dict[str, Rolled], Sequence[LeftOut]]:
    tables: dict[str, tuple[Row, ...]] = {}
    figures: dict[str, Rolled] = {}
    lost: list[LeftOut] = []
    for name, table in form.tables.items():
        made = add_table(table, found.members, found.lacking)
        if made.rows:
            tables[name] = made.rows
        figures |= made.figures
        lost += made.left_out
    return tables, figures, lost


def _not_added(form: Form, stated: set[str], plan: Plan, cells: Mapping[str, object]) -> Iterator[LeftOut]:
    """Yield the fields that units state and that do not add up; shares are told apart."""
    used = {each.origin for each in plan.additions}
    for path, field in form.fields.items():
        if path in stated and path not in cells and path not in used and field.type is not FieldType.PERCENT:
            yield LeftOut(path=path, reason="own-part" if path in plan.own_part else "not-additive")
