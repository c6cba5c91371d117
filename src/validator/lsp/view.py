"""A pack as far as it can be read now: what its rules can name, and the tree of each file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from validator.lang.scope import Scope
from validator.lsp.buffer import text_of
from validator.lsp.position import lines_of
from validator.model.field import Form
from validator.model.record import evolve, record
from validator.packs.files import PACK_FILE, TEST_SUFFIX
from validator.packs.load import file_scope, file_tree, read_head
from validator.packs.reading import PackReading
from validator.readers.encoding import read_bytes
from validator.readers.tree import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.packs.pack import PackFile
    from validator.readers.tree import Node


@record
class Shown:
    """One file: its lines, its tree (None while it is broken)."""

    path: str
    name: str
    lines: list[str]
    root: MappingNode | None

    @property
    def is_test(self) -> bool:
        """Whether the file holds tests."""
        return self.name.endswith(TEST_SUFFIX)

    def reading(self) -> PackReading:
        """Return what the tree is read with; faults noted in it are told elsewhere."""
        return PackReading(self.path, self.lines)

    def items(self, key: str) -> Iterator[MappingNode]:
        """Yield the mappings in the list under *key*."""
        entries = self.root.get(key) if self.root else None
        for item in entries.items if isinstance(entries, SequenceNode) else ():
            if isinstance(item, MappingNode):
                yield item


@record
class View:
    """The files of a pack by path, its name, and what every rule of it can name."""

    name: str
    files: Mapping[str, Shown]
    scope: Scope
    head: Shown | None = None

    def scope_in(self, file: Shown) -> Scope:
        """Return what the expressions of *file* can name."""
        if file.root is None or file.name == PACK_FILE:
            return self.scope
        return file_scope(file.root, self.scope, file.reading())

    def rules(self) -> Iterator[tuple[Shown, MappingNode]]:
        """Yield each rule with its file."""
        for file in self.files.values():
            if file.name != PACK_FILE and not file.is_test:
                yield from ((file, body) for body in file.items("rules"))

    def tests(self) -> Iterator[tuple[Shown, MappingNode]]:
        """Yield each test with its file."""
        for file in self.files.values():
            if file.is_test:
                yield from ((file, body) for body in file.items("tests"))


def view_of(folder: Path, files: tuple[PackFile, ...]) -> View:
    """Return the view of the pack in *folder*.

    While the pack file cannot be read, what rules can name is taken from the file on disk.
    """
    shown = {file.path: _shown(file) for file in files}
    source = next((file for file in files if file.name == PACK_FILE), None)
    if source is not None and shown[source.path].root is None:
        source = _on_disk(source)
    name, scope = _head(source, str(folder))
    return View(name=name, files=shown, scope=scope, head=_shown(source) if source else None)


def text_under(body: MappingNode, key: str) -> ScalarNode | None:
    """Return the text under *key*, None if there is none."""
    node = body.get(key)
    return node if isinstance(node, ScalarNode) and not node.is_null else None


def texts_under(body: MappingNode, key: str) -> tuple[ScalarNode, ...]:
    """Return the texts under *key*: a list, or a single one."""
    node: Node | None = body.get(key)
    items = node.items if isinstance(node, SequenceNode) else (node,)
    return tuple(item for item in items if isinstance(item, ScalarNode) and not item.is_null)


# Of a pack's files one changes with each key that is pressed: the others are not read again.
@lru_cache(maxsize=200)
def _shown(file: PackFile) -> Shown:
    root, _ = file_tree(file, [])
    return Shown(path=file.path, name=file.name, lines=lines_of(text_of(file)), root=root)


def _on_disk(file: PackFile) -> PackFile:
    data = read_bytes(file.path)
    return evolve(file, data=data) if isinstance(data, bytes) else file


@lru_cache(maxsize=10)
def _head(source: PackFile | None, folder: str) -> tuple[str, Scope]:
    file = _shown(source) if source else None
    if file is None or file.root is None:
        return Path(folder).name, Scope(form=Form(name="", fields={}, tables={}))
    head, scope = read_head(file.root, folder, file.reading())
    return head.name, scope
