"""What Word and Excel ask of a package: elements in their order, and that all of it hangs together."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter

from lxml import etree

ORDERS = {
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
        "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
        "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
    ),
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
        "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
        "rPr sectPr pPrChange"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
        "vAlign hideMark"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "tbl": "tblPr tblGrid tr",
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
        "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter "
        "docGrid printerSettings"
    ),
    "worksheet": (
        "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
        "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells "
        "phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins "
        "pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors "
        "smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls "
        "webPublishItems tableParts extLst"
    ),
    "styleSheet": (
        "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst"
    ),
    "xf": "alignment protection extLst",
    "comments": "authors commentList",
}
FIRST = {"p": "pPr", "r": "rPr", "tc": "tcPr"}
COUNTED = ("fills", "fonts", "borders", "cellXfs", "cellStyleXfs")


def faults_of(data):
    """Return what is wrong with the package *data*: with the order of elements, parts, relations and ids."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        trees = {
            name: etree.fromstring(package.read(name))
            for name in names
            if name.endswith((".xml", ".rels", ".vml"))
        }
    faults = [f"{name} is there twice" for name, count in Counter(names).items() if count > 1]
    for name, root in trees.items():
        faults += [f"{name}: {each}" for each in _order(root)]
        if name.endswith(".rels"):
            faults += [f"{name}: {each}" for each in _relations(name, root, names)]
    faults += _types(trees["[Content_Types].xml"], names)
    for name, root in trees.items():
        if name == "word/document.xml":
            faults += _anchors(root, [trees[each] for each in trees if each.startswith("word/comments")])
    return faults


def local(element):
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _order(root):
    for element in root.iter("{*}*"):
        name = local(element)
        children = [local(each) for each in element if isinstance(each.tag, str)]
        if name in FIRST and FIRST[name] in children[1:]:
            yield f"{FIRST[name]} does not come first in {name}"
        if name == "tc" and children and children[-1] != "p":
            yield "a cell does not end with a paragraph"
        if name in COUNTED and element.get("count") not in (None, str(len(children))):
            yield f"{name} counts {element.get('count')} and has {len(children)}"
        order = ORDERS.get(name, "").split()
        # Word's own additions, and what stands for another version, may stand anywhere.
        known = [order.index(each) for each in children if each in order]
        if known != sorted(known):
            yield f"{name} has {' '.join(children)}"


def _relations(name, root, names):
    folder = posixpath.dirname(posixpath.dirname(name))
    ids = [each.get("Id") for each in root]
    if len(ids) != len(set(ids)):
        yield "an id is there twice"
    for each in root:
        if each.get("TargetMode") != "External":
            target = each.get("Target")
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            if posixpath.normpath(path) not in names:
                yield f"nothing is at {target}"


def _types(root, names):
    declared = {each.get("PartName") for each in root if local(each) == "Override"}
    extensions = {each.get("Extension").casefold() for each in root if local(each) == "Default"}
    faults = [f"{each} is declared and is not there" for each in declared if each[1:] not in names]
    return faults + [
        f"{each} has no type"
        for each in names
        if each != "[Content_Types].xml"
        and f"/{each}" not in declared
        and each.rpartition(".")[2].casefold() not in extensions
    ]


def _anchors(document, comments):
    """Each comment begins, ends and is referred to once, and is written."""

    def ids(root, name):
        return [
            value
            for element in root.iter(f"{{*}}{name}")
            for key, value in element.attrib.items()
            if key.endswith("}id")
        ]

    written = [each for root in comments for each in ids(root, "comment")]
    referred = ids(document, "commentReference")
    starts, ends = ids(document, "commentRangeStart"), ids(document, "commentRangeEnd")
    faults = [
        f"{what} is there twice" for what in (written, referred, starts, ends) if len(what) != len(set(what))
    ]
    if not {*referred, *starts, *ends} <= {*written}:
        faults.append("a comment is referred to and not written")
    if sorted(starts) != sorted(ends):
        faults.append("a comment begins or ends only")
    return faults
