"""An explanation as Markdown, its evidence in footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migragraph.explain.explanation import Explanation
from migragraph.explain.outline import Footnote, Item, Line, make_outline
from migragraph.wrapping import show_line

__all__ = ["escape_text", "render_markdown", "write_line"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_NUMBERED = re.compile(r"^(\d+)([.)])", re.MULTILINE)


def render_markdown(explanation: Explanation, language: str) -> str:
    """Write an explanation as Markdown with footnotes (``[^1]``)."""
    outline = make_outline(explanation, language)
    kinds = f"{escape_text(outline.kinds)}, " if outline.kinds else ""
    blocks = [
        f"# {escape_text(outline.title)}",
        f"{kinds}{escape_text(outline.curie)}, {_link(outline.iri, outline.iri)}",
    ]
    if outline.figure:
        blocks.append(f"**{escape_text(outline.figure)}**")
    for section in outline.sections:
        blocks += [f"## {escape_text(section.heading)}", "\n".join(_write_item(item) for item in section.items)]
    if outline.footnotes:
        blocks.append(f"## {escape_text(outline.evidence)}")
        blocks += ["\n".join(_write_footnote(note)) for note in outline.footnotes]
    return "\n\n".join(blocks) + "\n"


def _write_item(item: Item) -> str:
    marks = ", ".join(
        f"{escape_text(mark.basis)}{''.join(f'[^{number}]' for number in mark.numbers)}" for mark in item.marks
    )
    label = f"**{escape_text(item.label)}**: " if item.label else ""
    return f"{'  ' * item.depth}- {label}{escape_text(item.text)}{f' — {marks}' if marks else ''}"


def _write_footnote(note: Footnote) -> Iterator[str]:
    lines = "; ".join(write_line(line) for line in note.lines)
    yield f"[^{note.number}]: {escape_text(note.head)}{f': {lines}' if lines else ''}"


def write_line(line: Line) -> str:
    """Write a line, as a link where it has an address."""
    return _link(line.text, line.url) if line.url else escape_text(line.text)


def _link(text: str, url: str) -> str:
    address = url.replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"[{escape_text(text)}]({address})"


def escape_text(text: str) -> str:
    """Escape what Markdown would take for a mark, and put the text on one line."""
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", show_line(text)))
