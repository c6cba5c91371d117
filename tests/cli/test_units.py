"""``validator units``: the list as it is understood; nothing is written of one that has faults."""

from __future__ import annotations

LIST = "Tên đơn vị;Cấp trên;Email\nXã An Lạc;Huyện Tân Sơn;a@x.vn\nHuyện Tân Sơn;;\n"


def test_a_list_is_shown_and_written_as_yaml_that_says_the_same(run, tmp_path):
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8-sig")
    code, shown, told = run("units", tmp_path / "list.csv", "--out", tmp_path / "units.yaml")
    assert (code, told) == (0, "")
    assert "Xã An Lạc" in shown
    assert run("units", tmp_path / "units.yaml") == (0, shown, "")


def test_of_a_list_with_faults_nothing_is_written_and_the_cells_are_named_without_ids(run, tmp_path):
    target = tmp_path / "units.yaml"
    (tmp_path / "list.csv").write_text(LIST.replace("Huyện Tân Sơn;;", ";;b@x.vn"), encoding="utf-8")
    code, shown, told = run("units", tmp_path / "list.csv", "--out", target)
    assert (code, shown, target.exists()) == (2, "", False)
    assert "list.csv:2" in told
    assert "list.csv:3" in told
    assert "units/" not in told


def test_the_list_itself_is_not_written_over(run, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    assert run("units", path, "--out", path)[0] == 2
    assert path.read_text(encoding="utf-8") == LIST


def test_the_list_among_the_reports_is_no_report(run, tmp_path):
    (tmp_path / "danh sach.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "a.yaml").write_text("report: {form: demo, unit: {id: an-lac}}\nhoso: {received: 1}\n")
    code, shown, _ = run("review", tmp_path, "--units", tmp_path / "danh sach.csv", "--format", "json")
    assert "danh sach" not in shown
    assert '"missing"' in shown
    assert code in (0, 2)
