"""Running text in words that no form has: what is understood is bound, what narrows a figure bars it."""

import pytest

HEAD = """UBND XÃ AN LẠC

# BÁO CÁO

Công tác cải cách hành chính 6 tháng đầu năm 2026

## I. KẾT QUẢ THỰC HIỆN

"""


@pytest.fixture
def stated(read_text):
    """Read one paragraph and return its fields with their figures."""

    def read(text):
        cells = read_text(HEAD + text + "\n").report.cells
        return {path: [cell.raw for cell in each] for path, each in cells.items()}

    return read


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            "Tiếp nhận mới 900 hồ sơ: nộp qua mạng 700, nộp tại quầy 150, qua dịch vụ bưu chính công ích 50.",
            {"hoso.new": "900", "hoso.online": "700", "hoso.in_person": "150", "hoso.by_post": "50"},
        ),
        (
            "Đã giải quyết và trả kết quả 880 hồ sơ, gồm 600 trả sớm hẹn, 270 trả đúng hẹn, 10 bị trễ hẹn.",
            {"hoso.resolved": "880", "hoso.early": "600", "hoso.on_time": "270", "hoso.late": "10"},
        ),
        (
            "Hiện còn 50 hồ sơ đang được xử lý, gồm 46 hồ sơ còn trong thời hạn và 4 hồ sơ đã quá hạn.",
            {"hoso.pending": "50", "hoso.not_due": "46", "hoso.overdue": "4"},
        ),
        ("Số hồ sơ tồn từ kỳ báo cáo trước chuyển sang là 30.", {"hoso.carried_over": "30"}),
        (
            "UBND huyện giao 40 nhiệm vụ; hoàn thành 38, trong đó đúng hạn 36 nhiệm vụ, quá hạn 2 nhiệm vụ.",
            {"tasks.assigned": "40", "tasks.done": "38", "tasks.on_time": "36", "tasks.late": "2"},
        ),
        (
            "Đã số hóa thành phần hồ sơ khi tiếp nhận 850 hồ sơ, đạt 94,4%.",
            {"digital.done": "850", "digital.pct": "94,4%"},
        ),
        ("Tổng số hồ sơ tiếp nhận và từ kỳ trước chuyển sang: 930 hồ sơ.", {"hoso.received": "930"}),
        (
            "Thu ngân sách đạt 386 triệu đồng, bằng 26% dự toán năm và bằng 109% so với cùng kỳ.",
            {"budget.revenue.actual": "386 triệu đồng", "budget.revenue.pct": "26%"},
        ),
        ("Xã cử 12 lượt cán bộ, công chức, viên chức đi bồi dưỡng.", {"training.attendees": "12"}),
    ],
)
def test_other_words_for_the_same_are_understood(stated, text, fields):
    assert stated(text) == {path: [raw] for path, raw in fields.items()}


@pytest.mark.parametrize(
    "text",
    [
        "Tổ công nghệ số hỗ trợ người dân nộp trực tuyến 120 hồ sơ.",
        "Riêng thôn Đông nộp 35 hồ sơ trực tuyến.",
        "Văn phòng HĐND và UBND tiếp nhận 80 hồ sơ, đã giải quyết 78 hồ sơ.",
        "Hằng ngày, bộ phận một cửa tiếp nhận 12 hồ sơ.",
        "Trong tháng 5, xã tiếp nhận 120 hồ sơ, giải quyết 118 hồ sơ.",
        "Huyện tiếp nhận 9.400 hồ sơ của các xã.",
        "UBND huyện giao 12 nhiệm vụ cho các xã khác.",
        "Đăng ký kinh doanh tiếp nhận 14 hồ sơ, giải quyết đúng hạn 13 hồ sơ.",
        "Đã gửi 12 báo cáo qua mạng về Sở Nội vụ.",
        "Bộ phận lưu động tiếp nhận 44 hồ sơ trực tiếp.",
        "So với 6 tháng đầu năm 2025 (605 hồ sơ tiếp nhận mới), kết quả khả quan.",
        "Kết quả xử lý đạt 86,7% (520/600 hồ sơ mới).",
        "Phát hiện 5 tồn tại qua kiểm tra, đang khắc phục 2 tồn tại của năm 2025.",
    ],
)
def test_figures_of_less_or_of_others_are_left(stated, text):
    found = stated(text)
    found.pop("inspection.found", None)
    assert found == {}
