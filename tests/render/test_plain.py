"""Plain text reads well aloud: sentences, no drawing, no colour, one line a fact."""

from __future__ import annotations

from validator.render.plain import render_plain


def test_nothing_is_drawn_or_coloured(sample_run, options):
    text = render_plain(sample_run, options(colour=True, verbose=True))
    assert not set(text) & set("─│┌▸→·\x1b")


def test_a_text_is_never_broken_over_lines(sample_run, options):
    text = render_plain(sample_run, options(width=20))
    assert "Đối chiếu bốn số với sổ theo dõi hồ sơ, sửa số không khớp hoặc giải trình." in text


def test_it_ends_with_the_counts(sample_run, options):
    ending = render_plain(sample_run, options()).splitlines()[-3:]
    assert ending[0] == "Phát hiện: 4 lỗi, 1 cảnh báo, 0 lưu ý"
    assert ending[1].startswith("Tệp: 4, chưa kiểm tra được: 1, quy tắc đã nạp: 40, áp dụng: 120")
    assert ending[2].startswith("Quy tắc không áp dụng cho tệp nào (2): ")


def test_a_line_break_in_a_text_does_not_start_a_new_fact(sample_run, options):
    text = render_plain(sample_run, options())
    assert all(line.strip() or not line for line in text.splitlines())
