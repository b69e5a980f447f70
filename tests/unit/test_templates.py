"""Templates: every value escaped as jinja2 and markupsafe do it, and what is compiled kept, never wrong."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from migragraph.cache import cache_folder
from migragraph.site.showing import Shown
from migragraph.templates import open_templates

PACKAGE = "migragraph.site"
SOURCE = "{% macro tell(one) %}<b>{{ one }}</b>{% endmacro %}{% set two %}<i>{{ value }}</i>{% endset %}\n"
SOURCE += "{{ value }}|{{ tell(value) }}|{{ two }}|{{ value | string | length }}|{{ [value, value] | join(', ') }}"
VALUES = {
    "plain words": "Việt Nam, 2020",
    "nothing": "",
    "an ampersand": "a & b",
    "tags": "<script>alert(1)</script>",
    "quotes": "\"'",
    "an entity": "&lt;",
    "markup": Markup("<em>a</em> & b"),
    "a link": Shown("<a>", "x.html?a=1&b=2", "vi"),
    "a number": 12,
    "none": None,
    "a list": ["<", "a"],
}


class Text(str):
    """A text that is no plain one."""

    __slots__ = ()


def write(folder: Path, source: str, name: str = "own.html.jinja") -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(source, "utf-8")
    return name


def render(folder: Path, name: str, **values: object) -> str:
    return open_templates(PACKAGE, [folder]).get_template(name).render(**values)


@pytest.mark.parametrize("value", [*VALUES.values(), Text("<a>")], ids=[*VALUES, "a text of another kind"])
def test_values_are_escaped_as_jinja2_does(tmp_path: Path, value: object) -> None:
    peer = jinja2.Environment(autoescape=True, trim_blocks=True)
    assert render(tmp_path, write(tmp_path, SOURCE), value=value) == peer.from_string(SOURCE).render(value=value)


def test_values_are_written_by_one_call() -> None:
    """Where jinja2 no longer asks the hook, all is right, and slower."""
    compiled = open_templates(PACKAGE).compile("{{ value }}", raw=True)
    assert "environment.write_html(" in compiled
    assert " escape(" not in compiled


MACROS = """
{% macro bold(one, two='-') %}<b>{{ one }}{{ two }}</b>{% endmacro %}
{% macro within() %}<i>{{ caller() }}</i>{% endmacro %}
{% macro shout(one) %}{{ one | upper }}{% for more in varargs %}, {{ more }}{% endfor %}{{ kwargs }}{% endmacro %}
"""
CALLS = """
{% from "macros.html.jinja" import bold, within, shout as loud %}{% import "macros.html.jinja" as macros %}
{% from "macros.html.jinja" import bold as again with context %}
{{ bold(value) }}{{ bold('<', two=value) }}{{ loud(value, 1, '<', three=3) }}{{ macros.bold(value) }}{{ again(value) }}
{% call within() %}called{% endcall %}
{% for one in [1, 2] %}{% set two = one %}{{ seen(one) }}{{ kept.seen(one) }}{{ kept(one) }}{% endfor %}
{% autoescape false %}{{ bold('<') is escaped }}{{ bold('<') }}{% endautoescape %}{{ kept.plain(1) }}
{{ plain('>', two='<') }}
{{ evaluated() }}{{ 'a'.upper() }}{{ [3, 1] | first }}{{ range(2) | list }}
"""


class Kept:
    """What is called, by itself and by its methods, some of which are given the context."""

    @jinja2.pass_context
    def __call__(self, context: jinja2.runtime.Context, one: int) -> str:
        return f"{context['value']}{context['two']}{one}"

    @jinja2.pass_context
    def seen(self, context: jinja2.runtime.Context, one: int) -> str:
        return f"{context['value']}{one}"

    def plain(self, one: int) -> str:
        return f"<{one}>"


def test_what_is_called_is_called_as_jinja2_does(tmp_path: Path) -> None:
    values = {
        "value": "<a> & b",
        "kept": Kept(),
        "seen": jinja2.pass_context(lambda context, one: f"{context['value']}{one}"),
        "evaluated": jinja2.pass_eval_context(lambda evaluation: str(evaluation.autoescape)),
        "plain": lambda one, two: f"{one}{two}",
    }
    write(tmp_path, MACROS, "macros.html.jinja")
    peer = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    peer.loader = jinja2.FileSystemLoader(tmp_path)
    own = render(tmp_path, write(tmp_path, CALLS), **values)
    assert own == peer.get_template("own.html.jinja").render(values)


def test_macros_are_looked_up_by_the_name_of_their_template() -> None:
    """Where jinja2 no longer asks the hook, all is right, and slower."""
    compiled = open_templates(PACKAGE).compile('{% from "links.html.jinja" import thing %}', raw=True, name="own")
    assert "environment.find_module('links.html.jinja', 'own')" in compiled
    assert "_get_default_module" not in compiled


@pytest.mark.parametrize("values", [[], ["a"], ["a", "<", "c"], ("a", "b")])
def test_values_are_separated(tmp_path: Path, values: list[str]) -> None:
    loop = "{% for between, one in values | separate('; ', ': ') %}{{ between }}{{ one }}{% endfor %}"
    own = render(tmp_path, write(tmp_path, loop), values=values)
    assert own == (": " + "; ".join(value.replace("<", "&lt;") for value in values) if values else "")


def test_what_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(jinja2.UndefinedError):
        render(tmp_path, write(tmp_path, "{{ nothing }}"))


def test_what_is_compiled_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = write(tmp_path, SOURCE)
    first = render(tmp_path, name, value="<")
    assert any(path.name.startswith("template_") for path in cache_folder().iterdir())

    def refuse(*_: object) -> None:
        raise AssertionError("it is compiled again")

    monkeypatch.setattr(jinja2.Environment, "compile", refuse)
    assert render(tmp_path, name, value="<") == first


def test_a_template_that_changed_is_compiled_anew(tmp_path: Path) -> None:
    assert render(tmp_path, write(tmp_path, "one")) == "one"
    assert render(tmp_path, write(tmp_path, "two")) == "two"
    assert render(tmp_path, write(tmp_path, "one")) == "one"


def test_what_is_kept_and_spoilt_is_compiled_anew(tmp_path: Path) -> None:
    name = write(tmp_path, SOURCE)
    first = render(tmp_path, name, value="<")
    for path in cache_folder().glob("template_*/code"):
        path.write_bytes(path.read_bytes()[:-1])
    assert render(tmp_path, name, value="<") == first


def test_each_way_to_write_has_its_own(tmp_path: Path) -> None:
    name = write(tmp_path, "{{ 'a' }}{{ value }}")
    assert render(tmp_path, name, value="<") == "a&lt;"
    for number in (1, 2):
        environment = open_templates(PACKAGE, [tmp_path], write=(shout, whisper)[number - 1])
        assert environment.get_template(name).render(value="<") == ("A!<!", "a.<.")[number - 1]


def shout(value: object) -> str:
    return f"{value}!".upper()


def whisper(value: object) -> str:
    return f"{value}.".lower()


def test_without_a_cache_all_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRAGRAPH_CACHE", "/proc/nowhere")
    assert render(tmp_path, write(tmp_path, "{{ value }}"), value="<") == "&lt;"
