"""What reading one file brings to light is told of that file; the others are judged all the same."""

from pathlib import Path

import pytest

from validator import check
from validator.model.location import Location
from validator.model.problem import Problem, ValidatorError
from validator.submissions import reading

REPORT = Path(__file__).resolve().parents[2] / "examples" / "demo-report.yaml"


@pytest.fixture
def reports(tmp_path):
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        (tmp_path / name).write_bytes(REPORT.read_bytes())
    return tmp_path


@pytest.fixture
def failing(monkeypatch):
    """Let reading ``b.yaml`` raise an error."""
    read = reading.read

    def fail_with(error):
        def failing(source, name, *rest):
            if Path(name).name == "b.yaml":
                raise error
            return read(source, name, *rest)

        monkeypatch.setattr(reading, "read", failing)

    return fail_with


@pytest.mark.parametrize("error", [KeyError("x"), MemoryError(), RecursionError("deep"), OSError(5, "y")])
def test_an_unexpected_fault_is_a_problem_of_its_file(reports, failing, error):
    failing(error)
    files = {Path(each.path).name: each for each in check([reports]).files}
    assert [files[name].judged for name in ("a.yaml", "b.yaml", "c.yaml")] == [True, False, True]
    (told,) = files["b.yaml"].diagnostics
    assert told.id == "read/unexpected"
    assert type(error).__name__ in told.title
    assert told.location.file == str(reports / "b.yaml")


def test_developers_see_where_it_was_raised(reports, failing, monkeypatch):
    monkeypatch.setenv("VALIDATOR_DEBUG", "1")
    failing(KeyError("x"))
    with pytest.raises(KeyError):
        check([reports])


def test_wrong_use_and_an_interruption_end_the_run(reports, failing):
    for error in (
        ValidatorError(Problem(code="read/unknown-form", location=Location())),
        KeyboardInterrupt(),
    ):
        failing(error)
        with pytest.raises(type(error)):
            check([reports])
