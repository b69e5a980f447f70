"""The listing of differences: a block for each as text or Markdown, one flat table as CSV, and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from migragraph.cells import make_inert
from migragraph.explain.differences import Difference, Differences
from migragraph.explain.explanation import DisputeSide
from migragraph.explain.markdown import escape_text, write_line
from migragraph.explain.outline import write_witness
from migragraph.explain.text import render_json
from migragraph.wording import say
from migragraph.wrapping import WIDTH, show_line, wrap_text

__all__ = ["DIFFERENCES", "render_listing"]

_COLUMNS = (
    "number",
    "kind",
    "about",
    "label",
    "point",
    "relation",
    "thing",
    "value",
    "hedge",
    "text",
    "preferred",
    "reason",
    "basis",
    "speaker",
    "phrase",
    "authority",
    "url",
)


def render_listing(differences: Differences, language: str, width: int = WIDTH) -> str:
    """Write a block for each point as text: what it is about, the sides with their evidence, and which is preferred."""
    blocks = ["\n".join(_write_block(*numbered, language, width)) for numbered in enumerate(differences.points, 1)]
    rest = ["\n".join(wrap_text(line, "", "", width)) for line in _list_rest(differences, language)]
    return "\n\n".join([*blocks, *rest]) + "\n"


def _write_block(number: int, one: Difference, language: str, width: int) -> Iterator[str]:
    yield from wrap_text(f"{number}. {_head(one)}", "", "   ", width)
    yield from wrap_text(_write_point(one, language), "   ", "     ", width)
    for side in one.dispute.sides:
        yield from wrap_text(_write_side(one, side, language), "   - ", "     ", width)
        for witness in side.witnesses:
            note = write_witness(witness, language)
            yield from wrap_text(note.head, "       ", "         ", width)
            for line in note.lines:
                yield from wrap_text(line.text, "       ", "         ", width)
                if line.url:
                    yield f"       {show_line(line.url)}"
    yield from wrap_text(say(one.dispute.reason or "not preferred", language), "   ", "     ", width)


def _head(one: Difference) -> str:
    names = ", ".join(dict.fromkeys((one.about.label, one.about.curie)))
    return f"{names}; {one.setting}" if one.setting else names


def _write_point(one: Difference, language: str) -> str:
    return f"{one.dispute.point.label}: {say(one.dispute.relation, language)}"


def _write_side(one: Difference, side: DisputeSide, language: str) -> str:
    """Write the value of a side; which figure it is, where there are several; and whether it has nothing behind it."""
    several = len({other.thing for other in one.dispute.sides}) > 1
    told = f"{side.text}, {side.thing.curie}" if several else side.text
    marks = [say("preferred", language)] if side.is_preferred else []
    marks += [] if side.witnesses else [say("unsupported", language)]
    return f"{told} ({', '.join(marks)})" if marks else told


def _list_rest(differences: Differences, language: str) -> Iterator[str]:
    """Say what stands after the blocks: that there is none, or that names are listed apart."""
    if not differences.points:
        yield say("nothing disagrees", language)
    if differences.names_left_out:
        yield say("names in several forms", language, count=differences.names_left_out)


def _render_markdown(differences: Differences, language: str) -> str:
    blocks = ["\n".join(_mark_up(*numbered, language)) for numbered in enumerate(differences.points, 1)]
    return "\n\n".join([*blocks, *_list_rest(differences, language)]) + "\n"


def _mark_up(number: int, one: Difference, language: str) -> Iterator[str]:
    yield f"## {number}. {escape_text(_head(one))}\n"
    yield f"{escape_text(_write_point(one, language))}\n"
    for side in one.dispute.sides:
        yield f"- **{escape_text(_write_side(one, side, language))}**"
        for witness in side.witnesses:
            note = write_witness(witness, language)
            yield f"  - {'; '.join([escape_text(note.head), *map(write_line, note.lines)])}"
    yield f"\n{escape_text(say(one.dispute.reason or 'not preferred', language))}"


def _render_csv(differences: Differences, language: str) -> str:
    """Write a row for each phrase, or authority, of each side; ``number`` joins the sides of one point."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for number, one in enumerate(differences.points, 1):
        head = (str(number), one.dispute.kind, one.about.curie, one.about.label, one.dispute.point.curie)
        for side in one.dispute.sides:
            preferred, reason = str(side.is_preferred).lower(), say(one.dispute.reason, language)
            own = (side.thing.curie, side.value, side.hedge, side.text, preferred, reason if side.is_preferred else "")
            for row in _list_witnesses(side):
                writer.writerow(map(make_inert, (*head, one.dispute.relation, *own, *row)))
    return text.getvalue()


def _list_witnesses(side: DisputeSide) -> Iterator[tuple[str, ...]]:
    """Give the basis, speaker, phrase, authority and address of all that bears a side out; one empty row of nothing."""
    if not side.witnesses:
        yield ("",) * 5
    for one in side.witnesses:
        head = (one.basis, one.speaker.curie if one.speaker else "")
        yield from ((*head, quote.exact, quote.source.curie, quote.url) for quote in one.quotes)
        yield from ((*head, "", authority.curie, "") for authority in one.authorities)
        if not one.quotes and not one.authorities:
            yield (*head, "", "", "")


DIFFERENCES: Mapping[str, Callable[[Differences, str], str]] = MappingProxyType(
    {"csv": _render_csv, "json": render_json, "md": _render_markdown, "text": render_listing}
)
"""The forms in which differences are listed, by name: each takes them and a language."""
