"""A small editor: a pack in a folder, and a client of the language server over stdio."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
START = "from validator.cli.main import entry_point; entry_point()"
PACK = """\
pack: small
version: 1.0.0
form: small
title: {vi: Nhỏ, en: Small}
fields:
  hoso.received: {type: count, unit: hồ sơ, label: {vi: Tổng số tiếp nhận, en: Applications received}}
  hoso.new:      {type: count, unit: hồ sơ, label: {vi: Mới tiếp nhận, en: New applications}}
  hoso.share:    {type: percent, label: {vi: Tỷ lệ, en: Share}}
tables:
  scores:
    label: {vi: Điểm, en: Scores}
    columns:
      max:     {type: number, unit: điểm, label: {vi: Tối đa, en: Highest}}
      awarded: {type: number, unit: điểm, label: {vi: Đạt được, en: Awarded}}
define:
  half: hoso.received / 2
"""
RULES = """\
within: hoso
rules:
  - id: received-below-new
    title: {vi: Tiếp nhận ít hơn mới, en: Received below new}
    assert: received >= new
    basis: Circular 1
  - {id: awarded-above-max, title: {vi: Vượt, en: Above}, assert: "all row in scores: row.awarded <= row.max"}
"""
TESTS = """\
tests:
  - {rule: received-below-new, expect: pass, report: {hoso: {received: 2, new: 1}}}
  - {rule: small/received-below-new, expect: fail, report: {hoso: {received: 1, new: 2}}}
"""


class Client:
    """Speaks JSON-RPC in frames of Content-Length with a language server it has started."""

    def __init__(self, *, encodings=None, workspace=None):
        environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, "lsp", "--stdio", "--lang", "en"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        self.arrived = queue.Queue()
        self.aside = []
        self.asked = 0
        threading.Thread(target=self._listen, daemon=True).start()
        general = {"positionEncodings": encodings} if encodings else {}
        start = {
            "processId": None,
            "rootUri": None,
            "capabilities": {"general": general, "workspace": workspace or {}},
        }
        self.capabilities = self.ask("initialize", start)["capabilities"]
        self.tell("initialized", {})

    def _listen(self):
        stream = self.process.stdout
        while line := stream.readline():
            length = int(line.partition(b":")[2])
            while stream.readline().strip():
                pass
            self.arrived.put(json.loads(stream.read(length)))

    def _send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def _await(self, wanted):
        for message in self.aside:
            if wanted(message):
                self.aside.remove(message)
                return message
        while True:
            message = self.arrived.get(timeout=6)
            if wanted(message):
                return message
            self.aside.append(message)

    def tell(self, method, params):
        self._send({"method": method, "params": params})

    def answer(self, method, params):
        self.asked += 1
        number = self.asked
        self._send({"id": number, "method": method, "params": params})
        return self._await(lambda message: message.get("id") == number)

    def ask(self, method, params):
        answer = self.answer(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    def open(self, path, text=None):
        text = path.read_text(encoding="utf-8") if text is None else text
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def type(self, path, text, version=2):
        changes = {
            "textDocument": {"uri": path.as_uri(), "version": version},
            "contentChanges": [{"text": text}],
        }
        self.tell("textDocument/didChange", changes)

    def faults(self, path):
        """Return the next diagnostics that the server publishes for a file."""

        def is_for_file(message):
            is_faults = message.get("method") == "textDocument/publishDiagnostics"
            return is_faults and message["params"]["uri"] == path.as_uri()

        return self._await(is_for_file)["params"]["diagnostics"]

    def at(self, method, path, line, character, **more):
        place = {"line": line, "character": character}
        return self.ask(
            f"textDocument/{method}", {"textDocument": {"uri": path.as_uri()}, "position": place, **more}
        )

    def leave(self):
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(timeout=6)


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in (("pack.yaml", PACK), ("hoso.yaml", RULES), ("hoso.test.yaml", TESTS)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def start():
    pytest.importorskip("pygls")
    clients = []

    def begin(**options):
        clients.append(Client(**options))
        return clients[-1]

    yield begin
    for client in clients:
        client.process.kill()
        client.process.wait()
        client.process.stdin.close()
        client.process.stdout.close()


@pytest.fixture
def client(start):
    return start()
