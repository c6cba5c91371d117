"""The old drawing format in which a workbook keeps the boxes of its cell comments."""

from __future__ import annotations

import re

_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout></xml>'
)
_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;'
    'margin-top:2pt;width:320pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1"'
    ' o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div'
    ' style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
    "<x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)
_NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_END = re.compile(rb"</\s*xml\s*>\s*\Z")
_NUMBER = re.compile(rb"_x0000_s([0-9]{1,9})\b")
_MAP = b"<o:idmap"
_BLOCKS = re.compile(rb"""\bdata\s*=\s*["']([0-9, ]{1,2000})["']""")
_BLOCK = 1024
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_WIDTH = 5
_MOST_ROWS = 24
_ROW_POINTS = 15


def new_drawing(block: int) -> bytes:
    """Return a drawing without shapes whose ids come from a *block* of 1024."""
    return _HEAD.format(block=block).encode()


def blocks_of(drawing: bytes) -> set[int]:
    """Return the blocks of ids that a drawing has claimed."""
    # Tag by tag: one pattern for all would look through the rest of the drawing from each of them.
    tags = (part.partition(b">")[0] for part in drawing.split(_MAP)[1:])
    found = (_BLOCKS.search(tag) for tag in tags)
    return {int(each) for data in found if data for each in re.findall(rb"[0-9]{1,6}", data[1])}


def can_grow(drawing: bytes) -> bool:
    """Whether shapes can be added: these drawings are often no sound XML, but end in one way."""
    return _END.search(drawing) is not None


def with_notes(drawing: bytes, cells: list[tuple[int, int, int]]) -> bytes:
    """Return *drawing* with a box for each of *cells*: row and column, from 0, and lines of text."""
    end = _END.search(drawing)
    if end is None:
        raise ValueError
    used = [int(number) for number in _NUMBER.findall(drawing)]
    first = max([*used, min(blocks_of(drawing), default=1) * _BLOCK]) + 1
    shapes = [] if b"_x0000_t202" in drawing else [_TYPE]
    for number, (row, column, lines) in enumerate(cells, start=first):
        height = min(lines + 2, _MOST_ROWS)
        shapes.append(
            _SHAPE.format(
                number=number,
                height=height * _ROW_POINTS,
                left=min(column + 1, _LAST_COLUMN),
                top=max(0, row - 1),
                right=min(column + 1 + _WIDTH, _LAST_COLUMN),
                bottom=min(row + height, _LAST_ROW),
                row=row,
                column=column,
            )
        )
    lacking = "".join(
        f' xmlns:{prefix}="{space}"'
        for prefix, space in _NAMESPACES.items()
        if f"xmlns:{prefix}=".encode() not in drawing
    )
    added = re.sub("<(v:shapetype|v:shape) ", rf"<\1{lacking} ", "".join(shapes))
    return drawing[: end.start()] + added.encode() + drawing[end.start() :]
