#!/usr/bin/env python3
"""Write docs/coverage.md: for each sentence of a source, the things whose evidence lies in it, or why there are none.

Usage: python docs/coverage.py TEXTS, where TEXTS is the folder that holds the sources' texts. The reasons in the page
are kept; a sentence with neither things nor a reason gets the reason "?", which the test refuses.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from migragraph.dataset import Dataset, build
from migragraph.evidence.rereading import collect_quoted
from migragraph.iris import document_of, shorten_iri
from migragraph.layout import Layout, load_layout
from migragraph.namespaces import MG
from migragraph.passages import Span, find_phrase, split_sentences
from migragraph.quotations import Quotation

REASONS = {
    "caption": "the caption of a picture, which only repeats who or what the article tells of",
    "furniture": "page furniture: a link, a counter, a teaser of another article",
    "greeting": "a greeting or thanks",
    "heading": "a heading, which repeats what stands below it",
    "question": "the interviewer's question",
}
"""The closed list of reasons for which no thing has evidence in a sentence."""

PAGE = Path(__file__).with_name("coverage.md")
_ROW = re.compile(r"^\| (?P<number>\d+) \| (?P<things>.*?) \| (?P<reason>.*?) \|$")
_HEAD = """# Coverage: every sentence of the five articles

One table for each article, one row for each sentence, numbered from 1; the text itself is not in the project. A row has
the things that hold the sentence's facts (those with evidence in it), or the reason why none does.

**How a text is cut.** Each line that is not blank is cut after a full stop, question mark or exclamation mark (and
closing quotes) that white space and then a capital letter, a digit or an opening quote follow, but not after an
abbreviation such as "Ms." or "No."; what is left of a line (a heading, a caption, a credit) is a sentence too. The code
is `split_sentences` in `migragraph.passages`.

A test holds this page against the places of the evidence in the texts, in both directions. To write it anew, with the
reasons kept, run `python docs/coverage.py TEXTS`. The reasons come from this closed list:

"""


class Row(NamedTuple):
    """A sentence: the things with evidence in it, as CURIEs in order, and the reason where there are none."""

    things: tuple[str, ...]
    reason: str


def main() -> None:
    """Write the page."""
    layout = load_layout(Path(__file__).parent.parent)
    texts = read_texts(layout, Path(sys.argv[1]))
    PAGE.write_text(render(cover(build(layout), texts), read_page(PAGE)), encoding="utf-8")


def read_texts(layout: Layout, folder: Path) -> dict[str, str]:
    """Read the text of each source, by the source's IRI."""
    return {source: (folder / name).read_text(encoding="utf-8") for source, name in layout.texts.items()}


def cover(dataset: Dataset, texts: Mapping[str, str]) -> dict[str, list[tuple[str, ...]]]:
    """Give for each source, by its CURIE, the things with evidence in each of its sentences."""
    covered: dict[str, list[tuple[str, ...]]] = {}
    places = _places(dataset, texts)
    for source, text in texts.items():
        inside = places.get(source, [])
        covered[shorten_iri(source, dataset.prefixes)] = [
            tuple(sorted({thing for span, thing in inside if span.start < end and span.end > start}))
            for start, end in split_sentences(text)
        ]
    return covered


def _places(dataset: Dataset, texts: Mapping[str, str]) -> dict[str, list[tuple[Span, str]]]:
    """Give for each source where its passages stand, and the thing that each supports."""
    quoted = collect_quoted(dataset.index)
    places: dict[str, list[tuple[Span, str]]] = {}
    for passage, quotation in quoted.passages.items():
        spans = _find(quotation, texts)
        for thing, _ in quoted.users[passage]:
            name = shorten_iri(document_of(thing), dataset.prefixes)
            places.setdefault(quotation.source.value, []).extend((span, name) for span in spans)
    return places


def quote_counts(dataset: Dataset, texts: Mapping[str, str]) -> dict[str, int]:
    """Count how often each passage's phrase stands in its source's text, between its prefix and suffix."""
    passages = collect_quoted(dataset.index).passages
    return {passage.value: len(_find(quotation, texts)) for passage, quotation in passages.items()}


def wrong_hashes(dataset: Dataset, texts: Mapping[str, str]) -> list[str]:
    """Give the sources whose text does not have the SHA-256 that the graph gives."""
    told = {fact.subject.value: fact.object.value for fact in dataset.asserted if fact.predicate == MG.sha256}
    return [source for source, text in texts.items() if told.get(source) != sha256(text.encode()).hexdigest()]


def _find(quotation: Quotation, texts: Mapping[str, str]) -> list[Span]:
    return find_phrase(texts[quotation.source.value], quotation.exact, quotation.prefix, quotation.suffix)


def read_page(path: Path) -> dict[str, list[Row]]:
    """Read the rows of the page, by the CURIE of the source that heads each table."""
    tables: dict[str, list[Row]] = {}
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        if line.startswith("## `"):
            rows = tables.setdefault(line.split("`")[1], [])
        elif match := _ROW.match(line):
            rows.append(Row(tuple(re.findall(r"`([^`]+)`", match["things"])), match["reason"]))
    return tables


def render(covered: Mapping[str, Iterable[tuple[str, ...]]], known: Mapping[str, list[Row]]) -> str:
    """Write the page from what is covered and the reasons known so far."""
    parts = [_HEAD, *(f"- **{name}**: {meaning}\n" for name, meaning in REASONS.items())]
    for source, sentences in covered.items():
        parts.append(f"\n## `{source}`\n\n| sentence | things | reason |\n| --- | --- | --- |\n")
        before = known.get(source, [])
        for number, things in enumerate(sentences, 1):
            reason = before[number - 1].reason if number <= len(before) else ""
            names = " ".join(f"`{thing}`" for thing in things)
            parts.append(f"| {number} | {names} | {'' if things else reason or '?'} |\n")
    return "".join(parts)


if __name__ == "__main__":
    main()
