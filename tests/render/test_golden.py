"""Every format shows the same run, in both languages, in narrow and wide terminals."""

from __future__ import annotations

import pytest

from validator.render.renderer import renderer

EXTENSION = {"table": "txt", "plain": "txt", "json": "json"}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("verbose", [False, True], ids=["short", "verbose"])
def test_table(sample_run, options, golden, lang, width, verbose):
    text = renderer("table")(sample_run, options(lang=lang, width=width, verbose=verbose))
    golden(f"table-{'verbose-' * verbose}{width}.{lang}.txt", text)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("verbose", [False, True], ids=["short", "verbose"])
def test_plain(sample_run, options, golden, lang, verbose):
    text = renderer("plain")(sample_run, options(lang=lang, verbose=verbose))
    golden(f"plain{'-verbose' * verbose}.{lang}.txt", text)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_json(sample_run, options, golden, lang):
    golden(f"result.{lang}.json", renderer("json")(sample_run, options(lang=lang)))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("format_name", "suffix"), [("sarif", "sarif"), ("junit", "xml"), ("github", "txt")])
def test_formats_of_ci(sample_run, options, golden, lang, format_name, suffix):
    golden(f"{format_name}.{lang}.{suffix}", renderer(format_name)(sample_run, options(lang=lang)))


@pytest.mark.parametrize("format_name", ["table", "plain"])
def test_width_and_verbosity_do_not_depend_on_what_was_shown_before(sample_run, options, format_name):
    render = renderer(format_name)
    assert render(sample_run, options(verbose=True)) == render(sample_run, options(verbose=True))


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="xml"):
        renderer("xml")
