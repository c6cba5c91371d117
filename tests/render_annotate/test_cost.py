"""A document made to be slow: the work grows as the document does, and no faster."""

from lxml import etree

from validator.render import annotate_package, annotate_vml


class Counted(etree.ElementBase):
    """An element that counts how often it is compared with another."""

    comparisons = 0

    def __eq__(self, other):
        Counted.comparisons += 1
        return self is other

    __hash__ = etree.ElementBase.__hash__


def comparisons(monkeypatch, call):
    """Return how many elements were compared during a call."""

    def parsed(content):
        parser = etree.XMLParser()
        parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Counted))
        return etree.fromstring(content, parser)

    with monkeypatch.context() as patch:
        patch.setattr(annotate_package, "parsed", parsed)
        Counted.comparisons = 0
        call()
    return Counted.comparisons


def letters(count):
    return "".join(f"<w:t>{letter}</w:t>" for letter in "abcdefgh" * (count // 8))


def test_a_run_of_many_texts_is_parted_in_linear_work(make_docx, submitted, monkeypatch):
    def work(count):
        run = f"<w:r>{letters(count)}<w:t> 794 </w:t>{letters(count)}</w:r>"
        given = submitted(make_docx(f"<w:p>{run}</w:p>"))
        given.finding(given.at("794"))
        return comparisons(monkeypatch, given.annotated)

    assert 0 < work(1600) < 2.5 * work(800)


def test_blocks_of_ids_are_found_tag_by_tag():
    drawing = b"<xml>" + b"<o:idmap " * 200_000 + b'data="7,9"/><o:idmap v:ext="edit" data=\'12\'/></xml>'
    assert annotate_vml.blocks_of(drawing) == {7, 9, 12}
    assert annotate_vml.blocks_of(b'<o:idmap><a data="5"/>') == set()
