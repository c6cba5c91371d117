"""What is told of one report on a page to print: in words alone, the same whatever the page is made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validator.diagnostics.shown import file_name
from validator.model.record import evolve, record
from validator.render.detail import missing_words
from validator.render.finding import findings, grouped, undecided
from validator.render.request import EXPLANATIONS, Sorted, request, sort_out
from validator.render.summary import passed_over
from validator.render.terminal import clean
from validator.wording.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from validator.model.diagnostic import Diagnostic, FileResult, RunResult
    from validator.render.option import Options
    from validator.render.request import Request

_MOST_BESIDE = 8


@record
class Asked:
    """A finding on the page: its number, how grave it is, its words, and those of the same cause."""

    number: int
    kind: str
    said_kind: str
    told: Request
    beside: str = ""


@record
class Printed:
    """The page of one report: whose it is, how much was looked at, what was found, what else is to be said.

    ``tiles`` are how many figures there are and what came of them, each with its words; ``notes`` are lists
    under headings.
    """

    name: str
    facts: tuple[tuple[str, str], ...]
    tiles: tuple[tuple[str, int, str], ...]
    result: str
    open: tuple[Asked, ...] = ()
    explained: tuple[Asked, ...] = ()
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()


def printed(file: FileResult, options: Options) -> Printed:
    """Return what a page says of a file; nothing on it is an id, or the path of a folder."""
    page = _Page(file, options)
    # What one figure may have caused stands together, as everywhere.
    every = [found for group in grouped(findings(file)) for found in group.findings]
    told = sort_out(every) if file.judged else Sorted(remarks=tuple(every))
    return Printed(
        name=page.plain(file.unit) or page.plain(file.path),
        facts=tuple(page.facts()),
        tiles=tuple(page.tiles()) if file.compared.figures else (),
        result=page.result(told),
        open=tuple(page.asked(told.open)),
        explained=tuple(page.asked(told.explained)),
        notes=tuple((heading, texts) for heading, texts in page.notes(told) if texts),
    )


def say(key: str, lang: str, **args: object) -> str:
    """Return ``printed/key`` in words."""
    return message(f"printed/{key}", lang, args)


def left_aside(run: RunResult, options: Options) -> str:
    """Return which files of folders were no reports, by their names alone; nothing if there were none."""
    names = tuple(clean(file_name(each)) for each in run.passed_over)
    return passed_over(evolve(run, passed_over=names), options)


class _Page:
    """Puts one file in words."""

    def __init__(self, file: FileResult, options: Options) -> None:
        self._file, self._options = file, options
        places = {part.rpartition("/")[0] for part in (file.path, *file.parts)}
        self._folders = sorted((f"{each}/" for each in places if each), key=len, reverse=True)

    def plain(self, text: str) -> str:
        """Return a text on one line, with files by their names alone."""
        for folder in self._folders:
            text = text.replace(folder, "")
        return clean(text)

    def _say(self, key: str, **args: object) -> str:
        return say(key, self._options.lang, **args)

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield of when a report is, in which files it came, and how much of it was read."""
        file = self._file
        names = ", ".join(map(self.plain, (file.path, *file.parts)))
        for key, text in (("period", file.period), ("file", names), ("reach", file.reach)):
            if text:
                yield self._say(key), self.plain(text)

    def tiles(self) -> Iterator[tuple[str, int, str]]:
        """Yield how many figures there are, and what came of comparing them."""
        for kind in ("figures", "agree", "differ", "open"):
            yield kind, getattr(self._file.compared, kind), self._say(f"tile-{kind}")

    def result(self, told: Sorted) -> str:
        """Return how many findings there are, or in how much nothing was found: never that all is right."""
        if not self._file.judged:
            return self._say("not-judged")
        errors = sum(each.severity.value == "error" for each in told.open)
        counts = {
            "count-errors": errors,
            "count-warnings": len(told.open) - errors,
            "count-explained": len(told.explained),
            "count-explanations": len(told.explanations),
        }
        said = "; ".join(self._say(key, count=count) for key, count in counts.items() if count)
        compared = self._file.compared
        if said:
            return self._say("counts", counts=said)
        if not compared.decided:
            return "" if self._file.diagnostics else self._say("nothing-compared")
        args = {"decided": compared.decided, "figures": compared.figures, "open": compared.open}
        return self._say("nothing-found" if compared.open else "nothing-found-in-all", **args)

    def asked(self, found: Iterable[Diagnostic]) -> Iterator[Asked]:
        """Yield findings with their numbers; those that one figure may have caused name each other."""
        every = list(enumerate(found, start=1))
        causes: dict[str, list[int]] = {}
        for number, each in every:
            if each.group:
                causes.setdefault(each.group, []).append(number)
        for number, each in every:
            others = [other for other in causes.get(each.group, ()) if other != number]
            shown = ", ".join(map(str, others[:_MOST_BESIDE]))
            yield Asked(
                number=number,
                kind="explained" if each.waiver else each.severity.value,
                said_kind=self._say(f"kind-{each.severity.value}"),
                told=request(each, self._options.lang, self._file.path),
                beside=self._say("beside", numbers=shown) if others else "",
            )

    def notes(self, told: Sorted) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield what else is to be said, under its headings."""
        yield self._say("explanations-heading"), tuple(map(self._sentence, told.explanations))
        heading = "remarks-heading" if self._file.judged else "why-heading"
        yield self._say(heading), tuple(map(self._sentence, told.remarks))
        if self._options.shows_undecided:
            missing = undecided(self._file)
            yield self._say("undecided-heading"), tuple(map(self._missing, missing))

    def _sentence(self, found: Diagnostic) -> str:
        told = request(found, self._options.lang, self._file.path)
        said = self.plain(told.sentence)
        ending = "" if said.endswith((".", "!", "?")) else "."
        # What to do with an explanation is asked of who gives commands, not of who reads paper.
        return " ".join(filter(None, (said + ending, "" if found.topic == EXPLANATIONS else told.help)))

    def _missing(self, found: Diagnostic) -> str:
        why = missing_words(found, self._options)
        return self.plain(f"{found.title.rstrip('.')}: {why}" if why else found.title)
