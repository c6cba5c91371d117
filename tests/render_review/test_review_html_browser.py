"""The page for the reviewer, opened and operated in a real browser: by keyboard, offline, and printed."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from validator.model.record import evolve
from validator.render.review_html import review_html

CHROMIUM, DRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    "--window-size=1400,900",
)
IN_VIEW = """
const at = document.activeElement.getBoundingClientRect();
return document.activeElement.contains(document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2));
"""
SHOWN_ROWS = """
const rows = [...document.querySelectorAll('#matrix-table tbody tr')].filter(row => row.offsetParent);
return rows.map(row => row.cells[0].innerText.trim());
"""
SHOWN_UNITS = "return [...document.querySelectorAll('.unit')].filter(u => u.offsetParent).map(u => u.id)"


def _start(profile):
    selenium = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.chrome.service import Service

    options = selenium.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for option in (*OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return selenium.Chrome(options=options, service=Service(str(DRIVER)))


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if not (CHROMIUM.exists() and DRIVER.exists()):
        if "chromium" in os.environ.get("VALIDATOR_REQUIRE", ""):
            pytest.fail("Chromium is required and not installed")
        pytest.skip("Chromium is not installed")
    driver = _start(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def address(tmp_path_factory, sample_review):
    path = tmp_path_factory.mktemp("page") / "review.html"
    path.write_text("".join(review_html(sample_review())), encoding="utf-8", newline="\n")
    return path.as_uri()


@pytest.fixture
def page(browser, address):
    browser.get("about:blank")
    browser.get(address)
    return browser


@pytest.fixture
def press(page):
    from selenium.webdriver.common.action_chains import ActionChains

    def press_keys(*keys):
        ActionChains(page).send_keys(*keys).perform()

    return press_keys


@pytest.fixture
def keys():
    from selenium.webdriver.common.keys import Keys

    return Keys


@pytest.fixture
def tab_to(page, press, keys):
    """Press Tab until the focus is on what a script finds true of it."""

    def move(condition, most=80):
        for _ in range(most):
            press(keys.TAB)
            if page.execute_script(f"const e = document.activeElement; return {condition};"):
                return
        pytest.fail(f"the keyboard never reaches {condition}")

    return move


def focused(page, what="innerText"):
    return page.execute_script(f"return document.activeElement.{what}").strip()


def requests(browser):
    """The addresses that were asked for, but for those of the browser's own first page."""
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    sent = (
        each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"
    )
    return {url for url in sent if not url.startswith(("chrome:", "data:"))}


def test_the_page_loads_without_complaint_and_without_network(browser, address):
    browser.get(address)
    assert requests(browser) == {address}
    assert browser.get_log("browser") == []


def test_the_first_stop_of_the_keyboard_skips_to_the_matrix(page, press, keys):
    press(keys.TAB)
    assert focused(page, "className") == "skip"
    press(keys.ENTER)
    assert focused(page, "id") == "matrix"


def test_columns_are_sorted_by_keyboard(page, press, keys, tab_to):
    tab_to("e.tagName === 'BUTTON' && e.closest('th') && e.innerText.trim() === 'Đơn vị'")
    press(keys.ENTER)
    rows = page.execute_script(SHOWN_ROWS)
    assert focused(page, "parentElement.getAttribute('aria-sort')") == "ascending"
    assert rows[:3] == ["Huyện An Lạc", "Thị trấn Phú Lộc", "Xã ../../x <b>& \"'\u2407"]
    press(keys.SPACE)
    assert focused(page, "parentElement.getAttribute('aria-sort')") == "descending"
    assert page.execute_script(SHOWN_ROWS) == rows[::-1]


def test_a_column_of_counts_is_sorted_with_the_most_first(page, press, keys, tab_to):
    tab_to("e.tagName === 'BUTTON' && e.closest('th') && e.innerText.trim() === 'Tất cả'")
    press(keys.ENTER)
    assert focused(page, "parentElement.getAttribute('aria-sort')") == "descending"
    assert page.execute_script(SHOWN_ROWS)[0] == "Huyện An Lạc"
    assert page.execute_script(SHOWN_ROWS)[-1] == "Xã Đông Hà"


def test_units_are_filtered_by_name_without_diacritics(page, press, keys, tab_to):
    tab_to("e.id === 'filter-unit'")
    press("phu loc")
    assert page.execute_script(SHOWN_ROWS) == ["Thị trấn Phú Lộc"]
    assert page.execute_script(SHOWN_UNITS) == ["u3"]
    assert "1 trên 6" in page.execute_script("return document.getElementById('shown').innerText")
    tab_to("e.type === 'reset'")
    press(keys.ENTER)
    page.execute_async_script("setTimeout(arguments[0], 30)")
    assert len(page.execute_script(SHOWN_ROWS)) == 6


@pytest.mark.parametrize(
    ("control", "times", "expected"),
    [
        ("filter-state", 2, ["Xã Đông Hà"]),
        ("filter-severity", 4, ["Xã Bình Minh"]),
        ("filter-topic", 3, ["Xã Bình Minh", "Thị trấn Phú Lộc"]),
    ],
)
def test_lists_filter_by_state_severity_and_topic(page, press, keys, tab_to, control, times, expected):
    tab_to(f"e.id === '{control}'")
    press(*[keys.ARROW_DOWN] * times)
    assert page.execute_script(SHOWN_ROWS) == expected


def test_a_topic_that_is_chosen_is_the_only_column_shown(page, press, keys, tab_to):
    tab_to("e.id === 'filter-topic'")
    press(keys.ARROW_DOWN)
    headers = "[...document.querySelectorAll('#matrix-table thead th')].filter(each => each.offsetParent)"
    assert page.execute_script(f"return {headers}.length") == 4


def test_a_cell_leads_to_the_findings_and_those_to_the_figures_and_back(page, press, keys, tab_to):
    tab_to("e.classList.contains('counts') && e.getAttribute('href') === '#u1t0'")
    press(keys.ENTER)
    assert focused(page, "id") == "u1t0"
    assert page.execute_script(IN_VIEW)
    tab_to("e.classList.contains('to-mark')")
    assert focused(page) == "3.402"
    press(keys.ENTER)
    assert (focused(page, "tagName"), focused(page)) == ("MARK", "3.402")
    assert page.execute_script(IN_VIEW)
    assert page.execute_script("return document.activeElement.matches(':target')")
    press(keys.TAB)
    assert focused(page, "getAttribute('aria-label')") == "Phát hiện 1"
    press(keys.ENTER)
    assert (focused(page, "tagName"), focused(page, "id")) == ("ARTICLE", "u1f1")


def test_a_link_to_a_unit_that_is_filtered_away_shows_it(page, press, tab_to):
    tab_to("e.id === 'filter-unit'")
    press("phu loc")
    page.execute_script("location.hash = 'u1f2'")
    page.execute_async_script("setTimeout(arguments[0], 50)")
    assert page.execute_script(SHOWN_UNITS) == ["u1", "u3"]
    assert focused(page, "id") == "u1f2"


def test_nothing_is_wider_than_a_narrow_screen(page):
    size = {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        assert page.execute_script("return document.documentElement.scrollWidth") <= 400
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def pdf_pages(page):
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument(base64.b64decode(page.print_page()))
    texts = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document]
    document.close()
    return texts


def test_all_of_it_is_printed(page):
    texts = pdf_pages(page)
    assert len(texts) > 5
    for name in ("Huyện An Lạc", "Xã Bình Minh", "Thị trấn Phú Lộc", "Xã Đông Hà", "Xã Tân Tiến"):
        assert name in " ".join(texts[:2])  # the matrix may take more than a page
        assert any(text.startswith(name) or f" {name} " in text for text in texts[1:]), name
    assert "In đơn vị này" not in " ".join(texts)
    assert "3.402 ≠ 2.950 + 430 + 12 = 3.392" in " ".join(texts)


def test_the_head_of_the_matrix_is_repeated_on_each_sheet(page, sample_review, tmp_path):
    review = sample_review()
    unit = review.missing[0]
    many = tuple(evolve(unit, key=f"x-{number}") for number in range(80))
    path = tmp_path / "many.html"
    path.write_text("".join(review_html(evolve(review, units=many))), encoding="utf-8", newline="\n")
    page.get(path.as_uri())
    texts = pdf_pages(page)
    assert all("Tình trạng" in text and "Biên chế" in text for text in texts[:2])


def test_the_text_of_the_reports_may_be_left_out_of_the_print(page, press, keys, tab_to):
    sentence = "Huyện đã ban hành 12 văn bản"
    assert sentence in " ".join(pdf_pages(page))
    tab_to("e.id === 'print-text'")
    press(keys.SPACE)
    without = " ".join(pdf_pages(page))
    assert sentence not in without
    assert "3.402 ≠ 2.950 + 430 + 12 = 3.392" in without


def test_one_unit_is_printed_alone(page, press, keys, tab_to):
    page.execute_script(
        "window.print = () => { window.printed = document.querySelectorAll('.chosen').length; }"
    )
    tab_to("e.classList.contains('print-one') && e.dataset.unit === 'u3'", most=200)
    press(keys.ENTER)
    assert page.execute_script("return window.printed") == 1
    text = " ".join(pdf_pages(page))
    assert text.startswith("Thị trấn Phú Lộc")
    assert "Xã Bình Minh" not in text
    page.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert not page.execute_script("return document.querySelector('.chosen, .print-chosen')")


def test_without_script_everything_is_there_and_no_control(page, address):
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page.get(address)
        texts = " ".join(pdf_pages(page))
    finally:
        page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert "Thị trấn Phú Lộc" in texts
    assert not page.execute_script("return document.getElementById('filters').offsetParent")
    assert page.execute_script("return document.querySelectorAll('thead button').length") == 0
