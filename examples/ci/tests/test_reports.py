"""A test of the project's own, with the fixture that the plugin brings along."""


def test_ward_a_agrees(check_report):
    result = check_report("reports/ward-a.yaml")
    assert result.decided == 2
