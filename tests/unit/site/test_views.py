"""The table of views: its rows, those of a project, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from migragraph.errors import ProjectError
from migragraph.layout import Layout, load_layout
from migragraph.site.models import MODELS
from migragraph.site.settings import read_settings
from migragraph.site.views import MENUS, list_views

SITE = Path(str(files("migragraph.site")))

ROW = '[[site.view]]\npath = "x"\ntitle = "X"\ntemplate = "view.html.jinja"\n'

Call = Callable[..., tuple[int | str, str, str]]


def test_each_row_names_what_there_is() -> None:
    for view in list_views():
        assert (SITE / "templates" / view.template).is_file(), view.path
        assert view.menu in {"", *MENUS}, view.path
        assert {"en", "vi"} <= view.title.keys(), view.path
        for query in view.queries.values():
            assert (SITE / "queries" / f"{query}.rq").is_file(), query
        assert set(view.models) <= MODELS.keys(), view.path


def test_each_query_and_each_model_is_used() -> None:
    views = list_views()
    assert {path.stem for path in (SITE / "queries").iterdir()} == {q for view in views for q in view.queries.values()}
    assert MODELS.keys() == {name for view in views for name in view.models}


def describe(root: Path, more: str) -> Layout:
    path = root / "migragraph.toml"
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    return load_layout(root)


def test_a_project_adds_a_view_of_its_own_and_a_template_for_it(project_copy: Path, tmp_path: Path, call: Call) -> None:
    (project_copy / "pages").mkdir()
    content = "{% for row in rows %}<p>{{ name(row.event) }}</p>{% endfor %}"
    template = f"{{% extends 'view.html.jinja' %}}{{% block content %}}{content}{{% endblock %}}"
    (project_copy / "pages" / "mine.html.jinja").write_text(template, encoding="utf-8")
    query = "SELECT ?event WHERE { ?event a <https://w3id.org/migragraph/ontology#Event> } ORDER BY ?event"
    (project_copy / "queries" / "mine.rq").write_text(query, encoding="utf-8")
    row = 'path = "mine"\ntemplate = "mine.html.jinja"\ntitle = "Mine"\nmenu = "views"\nqueries = { rows = "mine" }\n'
    describe(project_copy, f'[site]\ntemplates = "pages"\n[[site.view]]\n{row}')
    assert call("build", "--project", project_copy, "-o", tmp_path / "out")[0] == 0
    page = (tmp_path / "out" / "mine.html").read_text("utf-8")
    assert "<h1>Mine</h1>" in page
    assert page.count("<p>") > 1
    assert 'href="mine.html"' in (tmp_path / "out" / "timeline.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('site = "x"\n', "[site] is not a table"),
        ("[site]\ncolour = 1\n", "[site] knows no 'colour'"),
        ('[site]\nurl = "javascript:alert(1)"\n', "site.url is no address"),
        ("[site]\nreport = 'mailto:a@b?subject=\"><script>'\n", "site.report is no address"),
        ("[site]\nreport = 'mailto:a@b?subject={name}'\n", "encode spaces and quotes"),
        ("[site]\nheadline = 3\n", "site.headline is not a list"),
        ('[site]\ntemplates = "nowhere"\n', "site.templates is no folder"),
        ("[site]\nview = 3\n", "site.view is not an array"),
        ('[[site.view]]\npath = "x"\ntitle = "X"\n', "a view has no template"),
        ('[[site.view]]\npath = "x"\ntitle = "X"\ntemplate = "y"\nsql = "z"\n', "a view knows no 'sql'"),
        ('[[site.view]]\npath = "x"\ntitle = "X"\ntemplate = "none.jinja"\n', "there is no template none.jinja"),
        (f"{ROW}models = ['none']\n", "the view x names no model 'none'"),
        ('[site]\nheadline = ["https://example.org/nothing"]\n', "which is no figure"),
    ],
)
def test_what_is_wrong_in_the_description_is_said(
    project_copy: Path, tmp_path: Path, call: Call, more: str, message: str
) -> None:
    path = project_copy / "migragraph.toml"
    text = path.read_text("utf-8")
    path.write_text(more + text if more.startswith("site") else text + more, encoding="utf-8")
    status, output, errors = call("build", "--project", project_copy, "-o", tmp_path / "out")
    assert (status, output) == (2, "")
    assert message in errors
    assert "migragraph.toml" in errors or "none.jinja" in errors
    assert not (tmp_path / "out").exists()


def test_an_address_ends_in_a_slash(project_copy: Path) -> None:
    assert (
        read_settings(describe(project_copy, '[site]\nurl = "https://example.org/site"\n')).url
        == "https://example.org/site/"
    )


def test_a_project_without_settings_has_none(project_copy: Path) -> None:
    settings = read_settings(load_layout(project_copy))
    assert (settings.url, settings.report, settings.headline, settings.views) == ("", "", (), ())


def test_a_view_needs_what_a_row_needs() -> None:
    with pytest.raises(ProjectError, match="no title"):
        list_views([{"path": "x", "template": "y"}])


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% extends 'view.html.jinja' %}\n{% block content %}\n{{ nothing }}{% endblock %}", "'nothing' is undefined"),
        ("{% extends 'view.html.jinja' %}\n{% block content %}\n{{ 1 + 'a' }}{% endblock %}", "unsupported operand"),
        ("one\ntwo\n{% block %}", "the template is wrong"),
        ("one\ntwo\n{{ say(3, 4, 5) }}", "the template cannot be filled"),
    ],
)
def test_what_is_wrong_in_a_template_is_said_with_its_line(
    project_copy: Path, tmp_path: Path, call: Call, template: str, message: str
) -> None:
    (project_copy / "pages").mkdir()
    (project_copy / "pages" / "mine.html.jinja").write_text(template, encoding="utf-8")
    row = 'path = "x"\ntitle = "X"\ntemplate = "mine.html.jinja"\n'
    describe(project_copy, f'[site]\ntemplates = "pages"\n[[site.view]]\n{row}')
    status, output, errors = call("build", "--project", project_copy, "-o", tmp_path / "out")
    assert (status, output) == (2, "")
    assert "mine.html.jinja:3: " in errors
    assert message in errors


def test_the_changelog_has_no_title_beside_that_of_its_page(project_copy: Path, tmp_path: Path, call: Call) -> None:
    text = "# Changelog\n\n### 2.0\n\n##### Deep\n\n# 1.0\n\n<script>alert(1)</script> [x](javascript:alert)\n"
    (project_copy / "CHANGELOG.md").write_text(text, encoding="utf-8")
    assert call("build", "--project", project_copy, "-o", tmp_path / "out")[0] == 0
    page = (tmp_path / "out" / "model" / "changelog.html").read_text("utf-8")
    main = page[page.index("<main") : page.index("</main>")]
    assert re.findall(r"<(h\d)>(.*?)</\1>", main) == [
        ("h1", "What changed"),
        ("h2", "2.0"),
        ("h3", "Deep"),
        ("h2", "1.0"),
    ]
    assert "<script>" not in main
    assert "<a" not in main
