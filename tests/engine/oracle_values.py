"""Which values of a report a rule refers to, and which of them can vary."""

from __future__ import annotations

from fractions import Fraction

from validator.lang.ir import Aggregate, Call, ColumnRef, Compare, FieldRef, Quantifier, children
from validator.lang.types import Kind
from validator.model.quantity import Quantity


def thin(number):
    """Return a whole number as an int, which is quicker to reckon with."""
    return number.numerator if number.denominator == 1 else number


class Values:
    """The blanks and rounded values that a rule refers to; ``cut_off`` also reads digits as cut off."""

    def __init__(self, rule, context, *, cut_off=False):
        self.rule = rule
        self.context = context
        self.cut_off = cut_off
        self.blanks = {}  # slot -> field, of every value that is missing
        self.written = {}  # slot -> (value, roundings) of every value that is rounded
        self.seen_in = {}  # blank slot -> the comparisons (or other conditions) it occurs in
        self.comparisons = []
        self._slots_of = {}
        self._survey(rule, {}, None)

    # What can vary

    def slot(self, node, bindings):
        """Return what names a value, and its cell (None if there is no value)."""
        if isinstance(node, ColumnRef):
            holder = bindings[node.variable]
            cell = holder.cells.get(node.field.path.rpartition(".")[2])
        else:
            holder = bindings.get(node.source) or self.report(node.source)
            statements = holder.cells.get(node.field.path, ()) if holder else ()
            cell = statements[0] if statements else None
        key = (id(holder) if holder else node.source, node.field.path)
        return key, (cell if cell is not None and cell.value is not None else None)

    def is_there(self, node, bindings):
        """Whether the report of a value is there; a blank in it is another thing than no report."""
        holder = bindings.get(getattr(node, "variable", None) or node.source) or self.report(node.source)
        return holder is not None and not any(holder is each for each in self.context.absent)

    def report(self, source):
        return self.context.report if source == "report" else self.context.joined.get(source)

    def members(self, node, bindings):
        collection = node.collection
        if collection.is_table:
            holder = bindings.get(collection.source) or self.report(collection.source)
            return holder.tables[collection.name]
        return self.context.children + self.context.absent

    def _survey(self, node, bindings, condition):
        if isinstance(node, FieldRef | ColumnRef):
            self._survey_value(node, bindings, condition)
            return
        if isinstance(node, Compare) or (isinstance(node, Call | Aggregate) and node.type.kind is Kind.TRUTH):
            condition = (id(node), tuple(id(each) for each in bindings.values()))
            if isinstance(node, Compare) and node.left.type.kind in (Kind.NUMBER, Kind.DATE):
                self.comparisons.append((node, bindings))
        if isinstance(node, Call) and node.name in ("present", "missing"):
            return
        inner = [bindings]
        if isinstance(node, Quantifier | Aggregate):
            inner = [{**bindings, node.variable: each} for each in self.members(node, bindings)]
        for each in inner:
            for child in children(node):
                self._survey(child, each, condition)

    def _survey_value(self, node, bindings, condition):
        key, cell = self.slot(node, bindings)
        if cell is None:
            if node.policy != "zero" or not self.is_there(node, bindings):
                self.blanks[key] = node.field
                self.seen_in.setdefault(key, []).append(condition)
        elif isinstance(cell.value, Quantity) and node.field.is_rounded and cell.value.step:
            self.written[key] = (thin(cell.value.value), self.roundings(cell.value))

    def roundings(self, quantity):
        value, half = quantity.value, quantity.step / 2
        found = [value - half, value, value + half]
        if self.cut_off:  # the open end is approached, never reached
            sign = -1 if value < 0 else 1
            found += [value + sign * half, value + sign * quantity.step * Fraction(999999, 1000000)]
        return sorted(map(thin, set(found)))

    def slots(self, node, bindings):
        key = (id(node), *(id(each) for each in bindings.values()))
        if key not in self._slots_of:
            self._slots_of[key] = self._find_slots(node, bindings)
        return self._slots_of[key]

    def _find_slots(self, node, bindings):
        found = {}
        if isinstance(node, FieldRef | ColumnRef):
            found[self.slot(node, bindings)[0]] = None
        inner = [bindings]
        if isinstance(node, Quantifier | Aggregate):
            inner = [{**bindings, node.variable: each} for each in self.members(node, bindings)]
        for each in inner:
            for child in children(node):
                found |= dict.fromkeys(self.slots(child, each))
        return list(found)
