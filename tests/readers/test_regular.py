"""Opening a file never hides why it was given up."""

from __future__ import annotations

import os

import pytest

from validator.readers import regular


class Signal(BaseException):
    """What the handler of a signal raises."""


def test_a_signal_while_a_file_is_opened_is_no_unreadable_file(tmp_path, monkeypatch):
    path = tmp_path / "pack.yaml"
    path.write_bytes(b"a: 1")

    def interrupted(handle, mode):
        del mode
        os.close(handle)  # as the file does that was made and is let go
        raise Signal

    monkeypatch.setattr(regular.os, "fdopen", interrupted)
    with pytest.raises(Signal):
        regular.open_regular(path)
