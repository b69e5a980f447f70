"""An explanation as text, wrapped to a width, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from pyoxigraph import Literal

from migragraph.explain.explanation import Explanation
from migragraph.explain.outline import Footnote, Item, Line, make_outline
from migragraph.wrapping import WIDTH, show_line, wrap_text

__all__ = ["render_json", "render_text"]


def render_text(explanation: Explanation, language: str, width: int = WIDTH) -> str:
    """Write an explanation as text, in lines of at most some characters where words and addresses allow it."""
    outline = make_outline(explanation, language)
    head = [f"{outline.kinds}, {outline.curie}" if outline.kinds else outline.curie, outline.iri]
    blocks = [[outline.title, *dict.fromkeys(head)]]
    if outline.figure:
        blocks.append([outline.figure])
    lines = ["\n".join(line for text in block for line in wrap_text(text, "", "", width)) for block in blocks]
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
    return iter(wrap_text(f"{text} — {marks}" if marks else text, indent, f"{indent}  ", width))


def _write_footnote(note: Footnote, mark: int, width: int) -> Iterator[str]:
    indent = " " * (mark + 2)
    yield from wrap_text(note.head, f"  {f'[{note.number}]':<{mark}}", indent, width)
    for line in note.lines:
        yield from _write_line(line, indent, width)


def _write_line(line: Line, indent: str, width: int) -> Iterator[str]:
    yield from wrap_text(line.text, indent, indent, width)
    if line.url:
        yield f"{indent}{show_line(line.url)}"


def render_json(told: object, _: str) -> str:
    """Write what classes hold, such as an explanation, as JSON under the names of their fields; null is empty."""
    return json.dumps(_to_json(told), ensure_ascii=False, indent=2) + "\n"


def _to_json(value: object) -> Any:
    if isinstance(value, tuple):
        return [_to_json(one) for one in value]
    if isinstance(value, Literal):
        return value.value
    if is_dataclass(value):
        return {field.name: _to_json(getattr(value, field.name)) for field in fields(value)}
    return None if value == "" else value
