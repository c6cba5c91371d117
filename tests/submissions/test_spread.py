"""Tasks on several processes: in order, none lost, and none that takes others along."""

from __future__ import annotations

import multiprocessing.resource_tracker
import multiprocessing.util
import os
import signal
import subprocess
import sys
import textwrap
import threading
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from validator.model.limits import Limits
from validator.submissions import memory_bound, spread, worker
from validator.submissions.spread import Crew

# Processes of ours import what they do by its name: it is a module of its own.
WORK = """
import os, pathlib, re, signal, sys, tempfile, time

def begin(*args):
    return work

def work(task):
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "exit":
        os._exit(0)
    if task == "raise":
        raise ValueError(lambda: "cannot be pickled")
    if task == "memory":
        raise MemoryError
    if isinstance(task, pathlib.Path):
        with tempfile.TemporaryDirectory(dir=task.parent):
            task.write_text(str(os.getpid()))
            time.sleep(1000)
    if isinstance(task, tuple):
        seconds, file = task
        with file.open("a") as log:
            log.write("x")
        time.sleep(seconds)
        return "done"
    if task == "where":
        return os.getpid()
    if task == "late":
        time.sleep(2)
        os._exit(0)
    if task == "hang":
        time.sleep(1000)
    if task == "regular":
        return re.match("(a+)+$", "a" * 60 + "b")
    if task == "big":
        return len(bytearray(2_000_000_000))
    if task == "unlike":
        return lambda: "cannot be handed over"
    return task * 2

def broken():
    raise RuntimeError("not begun")
"""


@pytest.fixture
def work(tmp_path, monkeypatch):
    (tmp_path / "spread_work.py").write_text(WORK, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    sys.modules.pop("spread_work", None)
    import spread_work

    yield spread_work
    sys.modules.pop("spread_work", None)


@pytest.fixture(params=["copies", "new processes"], autouse=True)
def kind(request, monkeypatch):
    if request.param == "new processes":
        monkeypatch.setattr(worker, "_can_copy", lambda: False)
    elif not worker._can_copy():
        pytest.skip("this process cannot be copied")


def done(work, tasks, *, batch=3, count=2, begin="begin", limits=None):
    with Crew(getattr(work, begin), (), count, limits) as crew:
        return list(crew.spread(tasks, lost, batch=batch))


def lost(task, loss):
    return f"lost {task}, {loss.value}"


class TestResults:
    def test_they_come_in_order(self, work):
        assert done(work, range(100)) == [2 * each for each in range(100)]

    def test_processes_are_replaced_now_and_then(self, work, monkeypatch):
        monkeypatch.setattr(spread, "_MOST_BATCHES", 2)
        found = done(work, ["where"] * 40, batch=1)
        assert len(set(found)) > 2
        assert os.getpid() not in found

    def test_replaced_ones_finish_what_they_do(self, work, monkeypatch, tmp_path):
        monkeypatch.setattr(spread, "_MOST_BATCHES", 1)
        # The last batch of a group is done while one before it is still under way.
        tasks = [(0.6 if number % 2 == 0 else 0, tmp_path / "log") for number in range(6)]
        assert done(work, tasks, batch=1) == ["done"] * 6
        assert (tmp_path / "log").read_text() == "x" * 6

    def test_only_so_many_tasks_are_taken_ahead(self, work, monkeypatch):
        monkeypatch.setattr(spread, "_AHEAD", 2)
        taken = []
        tasks = (taken.append(each) or each for each in range(100))
        with Crew(work.begin, (), 2) as crew:
            assert next(crew.spread(tasks, lost, batch=3)) == 0
        assert 6 <= len(taken) <= 12

    def test_a_crew_works_more_than_once(self, work):
        with Crew(work.begin, (), 2) as crew:
            assert [list(crew.spread([1, 2], lost, batch=1)) for _ in range(2)] == [[2, 4]] * 2


class TestLost:
    @pytest.mark.parametrize(("how", "why"), [("die", "crash"), ("exit", "crash"), ("memory", "memory")])
    def test_a_task_that_ends_its_process_is_lost_and_no_other(self, work, how, why):
        tasks = [*range(30), how, *range(30)]
        assert done(work, tasks) == [2 * each if each != how else f"lost {how}, {why}" for each in tasks]

    def test_several_are_lost_one_by_one(self, work):
        found = done(work, ["die", 1, "die", "exit"])
        assert found == ["lost die, crash", 2, "lost die, crash", "lost exit, crash"]

    @pytest.mark.parametrize("how", ["hang", "regular"])
    def test_a_task_that_takes_too_long_is_lost_and_no_other(self, work, how):
        found = done(work, [1, how, 2, 3], limits=Limits(seconds=1))
        assert found == [2, f"lost {how}, time", 4, 6]

    def test_both_tries_together_take_no_longer_than_one_may(self, work):
        assert done(work, ["late", 1], limits=Limits(seconds=3)) == ["lost late, time", 2]

    def test_a_task_may_have_time_of_its_own(self, work, tmp_path):
        tasks = [(2, tmp_path / "log"), 1]
        with Crew(work.begin, (), 1, Limits(seconds=1)) as crew:
            found = crew.spread(tasks, lost, batch=2, seconds=lambda task: 1 if task == 1 else 30)
            assert list(found) == ["done", 2]

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is no such limit elsewhere")
    def test_a_task_that_needs_too_much_memory_is_lost_and_no_other(self, work):
        assert done(work, [1, "big", 2]) == [2, "lost big, memory", 4]

    def test_memory_is_watched_where_the_system_has_no_limit(self, monkeypatch):
        ended = []

        def end(code):
            ended.append(code)
            raise SystemExit

        monkeypatch.setattr(memory_bound.os, "_exit", end)
        with pytest.raises(SystemExit):
            memory_bound._watch_memory(0)
        assert ended == [memory_bound.NO_MEMORY_CODE]

    def test_a_process_killed_from_outside_costs_nothing(self, work):
        with Crew(work.begin, (), 2) as crew:
            (first,) = crew.spread(["where"], lost, batch=1)
            os.kill(first, signal.SIGKILL)
            assert list(crew.spread(range(20), lost, batch=2)) == [2 * each for each in range(20)]


class TestInterrupt:
    @pytest.mark.skipif(os.name == "nt", reason="signals work otherwise there")
    def test_a_process_is_told_all_it_needs_before_it_is_felt(self, work, monkeypatch, capfd):
        if worker._can_copy():
            pytest.skip("a copy has all it needs")
        multiprocessing.resource_tracker.ensure_running()  # or it would be what is interrupted
        start, started = multiprocessing.util.spawnv_passfds, []

        def interrupted(*args):
            started.append(start(*args))
            os.kill(os.getpid(), signal.SIGINT)
            return started[-1]

        monkeypatch.setattr(multiprocessing.util, "spawnv_passfds", interrupted)
        with pytest.raises(KeyboardInterrupt):
            done(work, [1, 2])
        for pid in started:
            with suppress(ChildProcessError):  # it has been waited for already
                os.waitpid(pid, 0)
        assert capfd.readouterr().err == ""


class TestRaised:
    def test_it_is_raised_here_as_it_is(self, work):
        with pytest.raises(ValueError, match="lambda"):
            done(work, [1, "raise", 2])

    def test_what_cannot_be_handed_over_is_worked_out_here(self, work):
        first, second = done(work, [1, "unlike"])
        assert (first, second()) == (2, "cannot be handed over")

    def test_also_where_the_work_cannot_begin(self, work):
        with pytest.raises(RuntimeError, match="not begun"):
            done(work, [1], begin="broken")


class TestWithoutProcesses:
    @pytest.mark.parametrize("fault", [OSError(11, "no more"), NotImplementedError(), AssertionError()])
    def test_work_is_done_here_where_none_can_start(self, work, monkeypatch, fault):
        def refuse(*_):
            raise fault

        monkeypatch.setattr(BaseProcess, "start", refuse)
        assert done(work, ["where", 1]) == [os.getpid(), 2]

    def test_work_is_done_here_where_each_ends_at_once(self, work, monkeypatch):
        monkeypatch.setattr(worker, "_serve", end_at_once)
        assert done(work, ["where", 1, 2, 3, 4, 5]) == [os.getpid(), 2, 4, 6, 8, 10]

    def test_work_is_done_here_where_no_more_can_start(self, work, monkeypatch):
        starts = BaseProcess.start

        def start_two(process):
            if next(count) >= 2:
                raise OSError(11, "no more")
            starts(process)

        count = iter(range(100))
        monkeypatch.setattr(BaseProcess, "start", start_two)
        found = done(work, [1, "exit", "where"], batch=1, count=1)
        assert found == [2, "lost exit, crash", os.getpid()]

    def test_a_script_without_a_guard_is_not_run_again(self, work, tmp_path):
        script = """
            import spread_work
            from validator.submissions import worker
            from validator.submissions.spread import Crew
            print("once", flush=True)
            worker._can_copy = lambda: False
            with Crew(spread_work.begin, (), 2) as crew:
                found = list(crew.spread([1, 2, "where"], str, batch=1))
                print(found[:2], found[2] != spread_work.os.getpid())
        """
        told = run(tmp_path, script)
        assert (told.stdout, told.stderr, told.returncode) == ("once\n[2, 4] True\n", "", 0)


class TestTheEnd:
    def test_an_interrupt_ends_the_processes(self, work, tmp_path):
        path = tmp_path / "pid"
        with pytest.raises(KeyboardInterrupt):
            interrupted(work, path)
        assert_gone(int(path.read_text()))
        assert not [each for each in tmp_path.iterdir() if each.name.startswith("tmp")]

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
    @pytest.mark.parametrize("kind", ["SIGKILL", "SIGTERM"])
    def test_no_process_outlives_its_parent(self, work, tmp_path, kind):
        script = """
            import pathlib, spread_work
            from validator.submissions.spread import Crew
            if __name__ == "__main__":
                with Crew(spread_work.begin, (), 1) as crew:
                    list(crew.spread([pathlib.Path("pid").absolute()], str, batch=1))
        """
        started = start(tmp_path, script)
        wait_for(tmp_path / "pid")
        assert int((tmp_path / "pid").read_text()) != started.pid
        started.send_signal(getattr(signal, kind))
        started.communicate()  # ends when all that hold its output have ended
        assert_gone(int((tmp_path / "pid").read_text()))
        assert not [each for each in tmp_path.iterdir() if each.name.startswith("tmp")]


def end_at_once(*_):
    os._exit(0)


def interrupted(work, path):
    with Crew(work.begin, (), 1) as crew:
        for _ in crew.spread([1, path], lost, batch=1):
            wait_for(path)
            raise KeyboardInterrupt


def start(folder, script):
    (folder / "script.py").write_text(textwrap.dedent(script), encoding="utf-8")
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "script.py"], cwd=folder, stdout=pipe, stderr=pipe, text=True)


def run(folder, script):
    started = start(folder, script)
    out, err = started.communicate(timeout=120)
    return subprocess.CompletedProcess([], started.returncode, out, err)


def wait_for(path):
    pause = threading.Event()
    while not (path.exists() and path.read_text()):
        pause.wait(0.02)


def assert_gone(number):
    state = Path(f"/proc/{number}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"
