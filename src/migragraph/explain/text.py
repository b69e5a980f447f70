"""An explanation as text, wrapped to a width, and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from pyoxigraph import Literal

from migragraph.explain.explanation import Explanation
from migragraph.explain.outline import Footnote, Item, Line, make_outline

__all__ = ["render_json", "render_text"]

_WIDTH = 100


def render_text(explanation: Explanation, language: str, width: int = _WIDTH) -> str:
    """Write an explanation as text, in lines of at most some characters where words and addresses allow it."""
    outline = make_outline(explanation, language)
    head = [f"{outline.kinds}, {outline.curie}" if outline.kinds else outline.curie, outline.iri]
    blocks = [[outline.title, *dict.fromkeys(head)]]
    if outline.figure:
        blocks.append([outline.figure])
    lines = ["\n".join(line for text in block for line in _wrap(text, "", "", width)) for block in blocks]
    for section in outline.sections:
        items = [line for item in section.items for line in _write_item(item, width)]
        lines.append("\n".join([section.heading, *items]))
    if outline.footnotes:
        mark = len(f"[{len(outline.footnotes)}] ")
        notes = [line for note in outline.footnotes for line in _write_footnote(note, mark, width)]
        lines.append("\n".join([outline.evidence, *notes]))
    return "\n\n".join(lines) + "\n"


def _write_item(item: Item, width: int) -> Iterator[str]:
    marks = ", ".join(f"{mark.basis} {' '.join(f'[{number}]' for number in mark.numbers)}" for mark in item.marks)
    text = f"{item.label}: {item.text}" if item.label else item.text
    indent = "  " * (item.depth + 1)
    return iter(_wrap(f"{text} — {marks}" if marks else text, indent, f"{indent}  ", width))


def _write_footnote(note: Footnote, mark: int, width: int) -> Iterator[str]:
    indent = " " * (mark + 2)
    yield from _wrap(note.head, f"  {f'[{note.number}]':<{mark}}", indent, width)
    for line in note.lines:
        yield from _write_line(line, indent, width)


def _write_line(line: Line, indent: str, width: int) -> Iterator[str]:
    yield from _wrap(line.text, indent, indent, width)
    if line.url:
        yield f"{indent}{line.url}"


def _wrap(text: str, first: str, rest: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, len(rest) + 20),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def render_json(explanation: Explanation, _: str) -> str:
    """Write an explanation as JSON, under the names of the fields of its classes."""
    return json.dumps(_to_json(explanation), ensure_ascii=False, indent=2) + "\n"


def _to_json(value: object) -> Any:
    if isinstance(value, tuple):
        return [_to_json(one) for one in value]
    if isinstance(value, Literal):
        return value.value
    if is_dataclass(value):
        return {field.name: _to_json(getattr(value, field.name)) for field in fields(value)}
    return value
