"""An explanation as Markdown, its evidence in footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migragraph.explain.explanation import Explanation
from migragraph.explain.outline import Footnote, Item, Line, make_outline

__all__ = ["render_markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_NUMBERED = re.compile(r"^(\d+)([.)])", re.MULTILINE)


def render_markdown(explanation: Explanation, language: str) -> str:
    """Write an explanation as Markdown with footnotes (``[^1]``)."""
    outline = make_outline(explanation, language)
    kinds = f"{_escape(outline.kinds)}, " if outline.kinds else ""
    blocks = [f"# {_escape(outline.title)}", f"{kinds}{_escape(outline.curie)}, {_link(outline.iri, outline.iri)}"]
    if outline.figure:
        blocks.append(f"**{_escape(outline.figure)}**")
    for section in outline.sections:
        blocks += [f"## {_escape(section.heading)}", "\n".join(_write_item(item) for item in section.items)]
    if outline.footnotes:
        blocks.append(f"## {_escape(outline.evidence)}")
        blocks += ["\n".join(_write_footnote(note)) for note in outline.footnotes]
    return "\n\n".join(blocks) + "\n"


def _write_item(item: Item) -> str:
    marks = ", ".join(
        f"{_escape(mark.basis)}{''.join(f'[^{number}]' for number in mark.numbers)}" for mark in item.marks
    )
    label = f"**{_escape(item.label)}**: " if item.label else ""
    return f"{'  ' * item.depth}- {label}{_escape(item.text)}{f' — {marks}' if marks else ''}"


def _write_footnote(note: Footnote) -> Iterator[str]:
    lines = "; ".join(_write_line(line) for line in note.lines)
    yield f"[^{note.number}]: {_escape(note.head)}{f': {lines}' if lines else ''}"


def _write_line(line: Line) -> str:
    return _link(line.text, line.url) if line.url else _escape(line.text)


def _link(text: str, url: str) -> str:
    address = url.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"[{_escape(text)}]({address})"


def _escape(text: str) -> str:
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))
