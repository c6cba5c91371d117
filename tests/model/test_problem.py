"""Errors are raised in other processes too: they must come home whole."""

import pickle

import pytest

from validator.model.location import Location
from validator.model.problem import FileError, Problem, ValidatorError

FIRST = Problem(code="read/no-such-file", location=Location(file="a.yaml", line=3), args={"path": "a.yaml"})
SECOND = Problem(code="read/empty", location=Location(file="a.yaml"))


@pytest.mark.parametrize("error", [ValidatorError(FIRST), FileError((FIRST, SECOND))])
def test_an_error_can_be_handed_to_another_process(error):
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is type(error)
    assert again.problem == error.problem
    assert str(again) == str(error)
    assert getattr(again, "problems", ()) == getattr(error, "problems", ())
