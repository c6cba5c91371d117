"""What a document does to the program that reads it is told of that document, for one as for many."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import pytest

from validator import Limits, check, compare, read_report, rollup
from validator.model.limits import limits_of
from validator.model.problem import ValidatorError
from validator.readers.given import Given
from validator.submissions.wall import behind_wall
from validator.submissions.worker import Loss

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "examples" / "documents" / "an-lac-2024.docx"
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is no such limit elsewhere")


def pdf(objects):
    """Return a PDF of numbered objects, the first of which is the catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + end


def stream(data, more=b""):
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (more, len(data), data)


def page_with(content, *objects):
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%b>>>>"
    fonts = b"/Font<</F1 5 0 R>>/XObject<</X 6 0 R>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", pages, page % fonts, content, font, *objects])


def doubling():
    """Return a page of forms each of which draws the next one twice."""
    form = (
        b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>/XObject<</X %d 0 R>>>>"
    )
    forms = [stream(b"/X Do /X Do", form % number) for number in range(7, 47)]
    text = b"BT /F1 12 Tf 85 700 Td (one two three four) Tj ET"
    return page_with(stream(b"/X Do"), *forms, stream(text, form % 46))


def inflating():
    """Return a page whose content is much text, packed small."""
    packer = zlib.compressobj(9)
    text = b"BT /F1 12 Tf 85 700 Td (x) Tj ET\n" * 30_000
    packed = b"".join(packer.compress(text) for _ in range(300)) + packer.flush()
    return page_with(stream(packed, b"/Filter/FlateDecode"), stream(b""))


@pytest.fixture(params=[doubling, inflating])
def bad(request, tmp_path):
    path = tmp_path / "bad.pdf"
    path.write_bytes(request.param())
    return path


def hold(count):
    return len(bytearray(count))


def codes(run):
    return {Path(each.path).name: [one.id for one in each.diagnostics] for each in run.files}


GIVEN_UP = {"read/crashed", "read/too-heavy", "read/too-slow"}


@LINUX
class TestBadFiles:
    @pytest.fixture(autouse=True)
    def small(self, monkeypatch):
        monkeypatch.setenv("VALIDATOR_LIMIT_MEMORY", "120")

    @pytest.mark.parametrize("beside", [0, 7])
    def test_they_are_told_and_the_others_are_checked(self, bad, tmp_path, beside):
        for number in range(beside):
            (tmp_path / f"good-{number}.docx").write_bytes(GOOD.read_bytes())
        started = time.monotonic()
        run = check([tmp_path], lang="en")
        assert time.monotonic() - started < 30
        judged = {Path(each.path).name: each.judged for each in run.files}
        assert judged.pop("bad.pdf") is False
        assert list(judged.values()) == [True] * beside
        (told,) = codes(run)["bad.pdf"]
        assert told in GIVEN_UP
        assert all("bad.pdf" in one.title for each in run.files for one in each.diagnostics if one.id == told)

    def test_every_way_of_reading_tells_them(self, bad):
        assert {each.code for each in read_report(bad).problems} <= GIVEN_UP
        (unread,) = compare(bad, GOOD).unread
        assert {each.id for each in unread.diagnostics} <= GIVEN_UP
        with pytest.raises(ValidatorError):
            rollup([bad])
        for command in (["claims"], ["read"], ["check"], ["new", "pack", "x", "--from-form"]):
            told = subprocess.run(
                [Path(sys.executable).with_name("validator"), *command, str(bad), "--lang", "en"],
                capture_output=True,
                text=True,
                timeout=100,
                check=False,
            )
            assert told.returncode == 2, command
            assert "bad.pdf" in told.stdout + told.stderr
            assert "Traceback" not in told.stderr


class TestLimits:
    def test_time_is_that_of_the_limits(self):
        started = time.monotonic()
        assert behind_wall(time.sleep, (60,), Limits(seconds=1), str) == "Loss.TIME"
        assert time.monotonic() - started < 10
        assert behind_wall(abs, (-3,), Limits(seconds=1), str) == 3

    @LINUX
    def test_memory_is_that_of_the_limits(self):
        assert behind_wall(hold, (100_000_000,), Limits(memory=50), lambda loss: loss) is Loss.MEMORY
        assert behind_wall(hold, (100_000_000,), Limits(memory=300), str) == 100_000_000

    def test_what_a_call_raises_is_raised_here(self):
        with pytest.raises(ZeroDivisionError):
            behind_wall(divmod, (1, 0), Limits(), str)

    def test_calls_share_a_process_that_is_not_this_one(self):
        first, second = (behind_wall(os.getpid, (), Limits(), str) for _ in range(2))
        assert first == second != os.getpid()

    def test_they_see_the_folder_and_the_environment_as_they_are(self, tmp_path, monkeypatch):
        behind_wall(os.getcwd, (), Limits(), str)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("VALIDATOR_SEEN", "yes")
        assert behind_wall(os.getcwd, (), Limits(), str) == str(tmp_path)
        assert behind_wall(os.getenv, ("VALIDATOR_SEEN",), Limits(), str) == "yes"

    def test_calls_of_several_threads_get_their_own_answers(self):
        found = {}

        def call(number):
            found[number] = behind_wall(abs, (-number,), Limits(), str)

        threads = [threading.Thread(target=call, args=(number,)) for number in range(6)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert found == {number: number for number in range(6)}

    def test_an_interrupt_leaves_no_stale_answer(self, monkeypatch):
        from validator.submissions import wall

        def interrupt(*_):
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(wall, "wait", interrupt)
            with pytest.raises(KeyboardInterrupt):
                behind_wall(abs, (-1,), Limits(), str)
        assert behind_wall(abs, (-2,), Limits(), str) == 2


class TestSettings:
    def test_options_count_more_than_the_environment_and_that_more_than_what_is_usual(self, monkeypatch):
        assert limits_of() == Limits(seconds=20, memory=500)
        monkeypatch.setenv("VALIDATOR_LIMIT_SECONDS", "7")
        monkeypatch.setenv("VALIDATOR_LIMIT_MEMORY", "900")
        assert limits_of() == Limits(seconds=7, memory=900)
        assert limits_of("8", "800") == Limits(seconds=8, memory=800)

    @pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "x", "9" * 30])
    def test_others_are_refused(self, text):
        with pytest.raises(ValidatorError) as told:
            limits_of(text)
        assert told.value.problem.code == "cli/bad-limit"

    def test_a_report_is_read_within_them(self, tmp_path):
        path = tmp_path / "good.docx"
        path.write_bytes(GOOD.read_bytes())
        found = read_report(path, given=Given(limits=Limits(seconds=20, memory=500)))
        assert found.report is not None


def queued(monkeypatch, seconds):
    """Let every look at how long a process has waited for its turn give the next of *seconds*."""
    told = iter(seconds)
    last = [0.0]

    def next_one(_process):
        last[0] = next(told, last[0])
        return last[0]

    monkeypatch.setattr("validator.submissions.worker._queued_seconds", next_one)


def test_waiting_for_a_processor_is_not_the_fault_of_a_file(monkeypatch):
    # One look when the task is sent (and one at the start), one when its second is over.
    queued(monkeypatch, [0.0, 0.0, 3.0])
    assert behind_wall(time.sleep, (1.5,), Limits(seconds=1), str) is None


def test_waiting_is_bounded_too(monkeypatch):
    queued(monkeypatch, [0.0, *(3600.0 * number for number in range(100))])
    started = time.monotonic()
    assert behind_wall(time.sleep, (60,), Limits(seconds=1), str) == "Loss.TIME"
    assert time.monotonic() - started < 30
