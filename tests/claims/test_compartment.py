"""A block that brings a fault of the program to light costs itself, not the claims of the document."""

from validator.claims import find, find_claims, load_vocabulary

from .conftest import document_of


def test_claims_are_found_around_a_block_at_fault(monkeypatch):
    text = (
        "Đã giải quyết 95/100 hồ sơ, đạt 93%.\n\nChỗ này làm hỏng 5 việc.\n\nĐã trả 38/40 hồ sơ, đạt 92%.\n"
    )
    read = find.read_passage

    def faulty(passage, *others):
        if "hỏng" in passage.text:
            raise IndexError
        return read(passage, *others)

    monkeypatch.setattr(find, "read_passage", faulty)
    found = find_claims(document_of(text), load_vocabulary())
    assert [(each.code, each.location.paragraph) for each in found.problems] == [("read/block-lost", 2)]
    assert len([each for each in found.claims if each.verdict.value == "fail"]) == 2
