"""Texts for people: on one line or wrapped, with nothing in them that a terminal obeys, whatever the data hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from migragraph.wrapping import show_line, wrap_text

Call = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hà Nội “fair”", "Hà Nội “fair”"),
        ("  two\r\n lines\u00a0here ", "two lines here"),
        ("\x1b[2Jred\x07", "\\u001B[2Jred\\u0007"),
        ("left \u202eright", "left \\u202Eright"),
        ("", ""),
    ],
)
def test_a_text_is_shown_on_one_line(text: str, shown: str) -> None:
    assert show_line(text) == shown


def test_words_longer_than_the_width_stay_whole() -> None:
    address = "https://example.org/" + "a" * 40
    assert wrap_text(f"see\n{address} \x1bthere", "- ", "  ", 22) == ["- see", f"  {address}", "  \\u001Bthere"]


@pytest.mark.parametrize(
    "command",
    [
        "explain event:fair",
        "explain event:fair --format md",
        "explain a",
        "cite event:fair",
        "cite event:fair --style bibtex",
        "cite event:fair --style wikipedia",
    ],
)
def test_no_label_reaches_the_terminal_as_a_command(call: Call, project_copy: Path, command: str) -> None:
    for path in (project_copy / "data").rglob("*.ttl"):
        text = path.read_text("utf-8").replace('rdfs:label "', 'rdfs:label "\\u001B[2J')
        path.write_text(text, encoding="utf-8")
    _, out, err = call(*command.split(), "--project", project_copy)
    assert "u001B" in out + err
    assert "\x1b" not in out + err
