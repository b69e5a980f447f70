#!/usr/bin/env python3
"""Write docs/mutations.md: how many mutants of each kind the checks of the evidence catch.

Usage: python -m benchmarks.mutations.page TEXTS, where TEXTS is the folder that holds the sources' texts.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from benchmarks.mutations.judging import find_fault
from benchmarks.mutations.mutants import Material, Mutant, Mutate
from benchmarks.mutations.things import THING_KINDS
from benchmarks.mutations.values import VALUE_KINDS
from benchmarks.mutations.words import WORD_KINDS
from migragraph.dataset import Dataset, build
from migragraph.fidelity import Context
from migragraph.iris import document_of, shorten_iri
from migragraph.layout import load_layout
from migragraph.passages import FoldedText, fold_text

__all__ = ["KINDS", "MISSES", "PAGE", "WHOLE", "Row", "measure", "render"]

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "mutations.md"

KINDS: Mapping[str, Mutate] = {**VALUE_KINDS, **THING_KINDS, **WORD_KINDS}

WHOLE = frozenset(kind for kind in KINDS if any(word in kind for word in ("digit", "date", "hedge", "quote", "source")))
"""The kinds of which every mutant is to be caught that its new value, words or source do not bear out."""

MISSES: Mapping[str, str] = {
    "a sex code exchanged": "Money and a share of it may have a total over the sexes, or none that could apply: the "
    "words do not tell which of the two codes is right. A code for women or for men is found.",
    "a speaker exchanged where they do not": 'The words quoted have a title or a pronoun ("the deputy minister", '
    '"she explained"); who that is, the sentences before tell. Where it is a title, a wrong speaker is found who is '
    "known in other posts only.",
    "a post exchanged where they do not": "The words print the post in a form that is no name of it in the graph "
    '("Chief of Mission of the International Organization for Migration"), or tell only who holds it.',
    "an actor exchanged where the words name it": "The words name a part of the wrong actor: a ministry where the "
    "graph would have its government, or the Prime Minister where it would have Viet Nam. What a part does, the whole "
    "may be said to do, so that the check is silent.",
    "an actor exchanged where they do not": 'The words quoted tell the actor otherwise: by a plural ("the Governments '
    'of Australia and Indonesia"), by a post, by "we".',
    "a place exchanged where they do not": 'The words say "Vietnamese" or "Japanese", or the place of what they '
    "tell stands in a sentence before.",
    "a status exchanged": "The same words may tell that a law is passed and that it is adopted, or that a plan is "
    'published and promulgated; and "helping the foreign ministry complete the national report" tells a state by no '
    "word for it.",
    "a role exchanged": "The role is told by what somebody does (speaks, is listed, answers), which is no word for it.",
    "a period exchanged": "The words quoted print a time that the other period has too: the year 2023 also ends the "
    "period from 2017 to 2023, and a year is as long as another.",
    "an indicator exchanged": "What a figure measures is a term of this graph; no words print it.",
    "a population exchanged": "Whom a figure counts is a term of this graph; few words print one.",
    "another thing exchanged where the words name it": "What a statement is about, what it evaluates, which risk a "
    "measure meets may be told in other words than its name, beside names of other things: \"Vietnam's efforts in "
    'preventing exploitation" is about a measure, and names a country. Another name is then no contradiction. Only '
    "the properties are compared whose value is a person, a body, a place, a post or an instrument.",
    "another thing exchanged where they do not": "The words describe the thing (a measure, a risk, an aim) and do not "
    "name it. What they mean, a reader must judge.",
    "an inference called a statement": "Where the inference is a date, a number or a name, the words do not print it, "
    "and it is found. Where it is a relation between things, the words would have to be understood.",
}
"""Why mutants of a kind are missed, by the kind."""


@dataclass
class Row:
    """What became of the mutants of one kind."""

    kind: str
    made: int = 0
    caught: Counter[str] = field(default_factory=Counter)
    missed: list[Mutant] = field(default_factory=list)
    apart: list[Mutant] = field(default_factory=list)

    @property
    def judged(self) -> int:
        """Count the mutants that something is wrong with: all but those that are borne out too."""
        return self.caught.total() + len(self.missed)


def main() -> None:
    """Write the page."""
    dataset = build(load_layout(ROOT))
    rows = measure(dataset, read_texts(dataset, Path(sys.argv[1])))
    PAGE.write_text(render(rows, dataset.prefixes), encoding="utf-8")


def read_texts(dataset: Dataset, folder: Path) -> dict[NamedNode, FoldedText]:
    """Read the text of each source."""
    named = dataset.layout.texts.items()
    return {NamedNode(iri): fold_text((folder / name).read_text(encoding="utf-8")) for iri, name in named}


def measure(dataset: Dataset, texts: Mapping[NamedNode, FoldedText]) -> list[Row]:
    """Make every mutant, and judge each by itself."""
    context = Context.of(dataset)
    material = Material(dataset.index, texts, context.labels)
    return [_judge(kind, mutate(material, kind), material, context) for kind, mutate in KINDS.items()]


def _judge(kind: str, mutants: Iterable[Mutant], material: Material, context: Context) -> Row:
    row = Row(kind)
    for mutant in mutants:
        row.made += 1
        if fault := find_fault(mutant, material, context):
            row.caught[fault] += 1
        elif mutant.borne_out:
            row.apart.append(mutant)
        else:
            row.missed.append(mutant)
    return row


def render(rows: Iterable[Row], prefixes: Mapping[str, str]) -> str:
    """Write the page."""
    rows = list(rows)
    lines = [_HEAD, "| kind | mutants | borne out too | judged | caught | rate | caught by |", "|" + " --- |" * 7]
    lines += [_line(row) for row in rows]
    total = sum(row.judged for row in rows), sum(row.caught.total() for row in rows)
    lines += ["", f"In all, {total[1]:,} of {total[0]:,} mutants are caught.", "", "## What is missed, and why", ""]
    for row in rows:
        if row.missed:
            lines += [f"**{row.kind[0].upper()}{row.kind[1:]}** ({len(row.missed)}). {MISSES.get(row.kind, '?')}", ""]
    lines += [_APART, *_list_apart(rows, prefixes)]
    return "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    caught = row.caught.total()
    rate = f"{_rate(caught, row.judged)}%" if row.judged else "-"
    by = ", ".join(f"{rule} {number:,}" for rule, number in sorted(row.caught.items()))
    return f"| {row.kind} | {row.made:,} | {len(row.apart):,} | {row.judged:,} | {caught:,} | {rate} | {by} |"


def _rate(caught: int, judged: int) -> str:
    """Give a percentage, rounded down: 100 is all of them."""
    return "100" if caught == judged else f"{1000 * caught // judged / 10:.1f}"


def _list_apart(rows: Iterable[Row], prefixes: Mapping[str, str]) -> Iterator[str]:
    """List the mutants that are borne out too: by kind, by reason, then by thing, with what became what."""
    for row in rows:
        found: dict[str, dict[str, dict[str, None]]] = {}
        for mutant in row.apart:
            thing = shorten_iri(document_of(mutant.testimony.subject), prefixes)
            changes = found.setdefault(mutant.borne_out, {}).setdefault(thing, {})
            changes[f"{mutant.before} → {mutant.after}"] = None
        for reason, things in found.items():
            yield f"**{row.kind[0].upper()}{row.kind[1:]}** ({len(row.apart)}): {reason}."
            yield ""
            yield from (f"- `{thing}`: {'; '.join(changes)}" for thing, changes in things.items())
            yield ""


_HEAD = """# Mutations: how much of what is wrong the evidence finds

Each row is a way in which the graph could be wrong. Its mutants are made of **every** evidence that quotes a source,
and of every stated value that it is for; none is picked by hand. In each mutant one thing is wrong, and the thing and
its evidence agree on it. A mutant is *caught* when a check of the evidence finds a violation: the words are not in the
source (`quote-found`), the evidence is for what its subject does not have (`evidence-fits`), or the words say something
else (the other rules; see [fidelity](fidelity.md)). What SHACL finds besides is not counted.

Where the words print the new value as well, or the source has the new words as well and they still name all that the
old ones named, nobody could tell. Such mutants are *borne out too*, unless a check finds them all the same. A plain
search for the letters of the value decides it, not the checks. They are listed below.

This page is written by `python -m benchmarks.mutations.page TEXTS`, with the folder of the sources' texts. A test holds
it to what is measured, and fails when a mutant of a digit, a date, a hedge, a quote or a source is missed.
"""

_APART = """## Borne out too
"""


if __name__ == "__main__":
    main()
