"""Hints: what of the shapes is well-formed, and yet hardly meant, since it passes in silence.

None of these is a fault by the standard, and none changes what is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from migragraph.iris import shorten_iri
from migragraph.namespaces import SH
from migragraph.positions import Sought, find_triples
from migragraph.report import Hint
from migragraph.shacl.declarations import TRUE, list_components
from migragraph.shacl.results import PLACEHOLDER, Unmet
from migragraph.shacl.shapes import Resource, Shapes, Term, find_parents, name_shape, objects
from migragraph.shacl.sparql import list_questions
from migragraph.shacl.vocabulary import VOCABULARY

__all__ = ["UNMET", "find_hints"]

UNMET = "target-meets-nothing"
"""The rule of the hints that only hold where all of the data were read."""

PREFIXES = {"sh": str(SH)}
ADVICE_OF_TARGETS: Mapping[NamedNode, str] = {
    SH["targetClass"]: "Nothing in the data is of this class: check its name, and that the data say rdf:type.",
    SH["targetNode"]: "Check its name; it is judged all the same, as the standard has it.",
    SH["targetObjectsOf"]: "The data do not have this property: check its name.",
    SH["targetSubjectsOf"]: "The data do not have this property: check its name.",
}


class Doubt(NamedTuple):
    """Say what is doubtful: a hint's rule, message and advice, and the triple of the shapes graph that it is about."""

    rule: str
    message: str
    advice: str
    node: Resource
    predicate: NamedNode
    value: Term


def find_hints(shapes: Shapes, unmet: Iterable[Unmet], sources: Mapping[str, Path]) -> tuple[Hint, ...]:
    """Give the hints on a shapes graph, with the file and line of the shape where they are known.

    ``unmet`` are the targets that meet no node; ``sources`` say in which file the shape with an IRI stands.
    """
    doubts = [*_doubt_terms(shapes), *map(_doubt_target, unmet), *_doubt_messages(shapes), *_doubt_patterns(shapes)]
    return _place(doubts, shapes, sources) if doubts else ()


def _doubt_terms(shapes: Shapes) -> Iterator[Doubt]:
    """Find names in the namespace of SHACL that it does not have, each where it stands first."""
    seen: set[str] = set()
    for node, facts in shapes.items():
        for predicate, values in facts.items():
            for term in (predicate, *values):
                name = term.value.removeprefix(str(SH)) if isinstance(term, NamedNode) else ""
                if name not in VOCABULARY and name not in {"", *seen} and term.value != name:
                    seen.add(name)
                    message = f"<{term.value}> is no term of SHACL, so nothing looks at it."
                    yield Doubt("unknown-term", message, _suggest(name), node, predicate, values[0])


def _suggest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(VOCABULARY), 1, 0.75)
    return f"Is it sh:{near[0]}?" if near else "Its terms are those of https://www.w3.org/TR/shacl/."


def _doubt_target(target: Unmet) -> Doubt:
    kind = shorten_iri(target.kind.value, PREFIXES)
    message = f"The target {kind} {target.value} meets no node of the data."
    return Doubt(UNMET, message, ADVICE_OF_TARGETS[target.kind], *target)


def _doubt_messages(shapes: Shapes) -> Iterator[Doubt]:
    """Find placeholders that no query whose results bear the message gives a value to."""
    told = [
        (node, message, names)
        for node, facts in shapes.items()
        for message in facts.get(SH["message"], ())
        if (names := PLACEHOLDER.findall(message.value))
    ]
    if not told:
        return
    selected = {node: _list_selected(*question) for node, (question, *_) in list_questions(shapes)}
    for node, message, names in told:
        known = selected[node] if node in selected else _list_used(shapes, node, selected)
        for name in dict.fromkeys(name for name in names if name not in known):
            text = f"Nothing fills {{?{name}}} in the message {message}."
            advice = "A query fills what it selects, and what has a value before it runs; SHACL Core fills nothing."
            yield Doubt("placeholder-unfilled", text, advice, node, SH["message"], message)


def _list_selected(text: str, _: object, bound: tuple[str, ...]) -> set[str]:
    """List the variables that a query gives back, or that have a value before it runs."""
    from migragraph.queries.clauses import list_columns, locate
    from migragraph.queries.tokens import read_tokens

    tokens = tuple(read_tokens(text))
    columns = list_columns(locate(tokens)) or [token.text[1:] for token in tokens if token.kind == "variable"]
    return {*bound, *columns}


def _list_used(shapes: Shapes, shape: Resource, selected: Mapping[Resource, set[str]]) -> set[str]:
    """List what the queries of a shape give back that have no message of their own."""
    own = [
        node for node in objects(shapes, shape, SH["sparql"]) if TRUE not in objects(shapes, node, SH["deactivated"])
    ]
    declared = [query.node for component in list_components(shapes) for query in component.read(shape)]
    bare = (node for node in (*own, *declared) if not objects(shapes, node, SH["message"]))
    return {name for node in bare if not isinstance(node, Literal) for name in selected.get(node, ())}


def _doubt_patterns(shapes: Shapes) -> Iterator[Doubt]:
    from migragraph.shacl.regex import is_universal

    for node, facts in shapes.items():
        flags = "".join(flag.value for flag in facts.get(SH["flags"], ()))
        for pattern in facts.get(SH["pattern"], ()):
            if is_universal(pattern.value, flags):
                message = f"The pattern {pattern} is found in every text, so it tests nothing."
                advice = "Write ^ before what a text begins with and $ behind what it ends with, or take it out."
                yield Doubt("pattern-matches-everything", message, advice, node, SH["pattern"], pattern)


def _place(doubts: Iterable[Doubt], shapes: Shapes, sources: Mapping[str, Path]) -> tuple[Hint, ...]:
    parents = find_parents(shapes)
    named = [(doubt, name_shape(parents, doubt.node)) for doubt in doubts]
    wanted: dict[Path, dict[Sought, None]] = {}
    for doubt, shape in named:
        if shape is not None and shape in sources:
            wanted.setdefault(sources[shape], {})[_seek(doubt, shape)] = None
    places = {path: find_triples(path, sought, base=path.resolve().as_uri()) for path, sought in wanted.items()}
    return tuple(_make_hint(doubt, shape, sources.get(shape or ""), places) for doubt, shape in named)


def _seek(doubt: Doubt, shape: str) -> Sought:
    return shape, doubt.predicate.value, None if isinstance(doubt.value, BlankNode) else doubt.value.value


def _make_hint(
    doubt: Doubt, shape: str | None, path: Path | None, places: Mapping[Path, Mapping[Sought, tuple[int, int]]]
) -> Hint:
    place = places[path].get(_seek(doubt, shape)) if path is not None and shape is not None else None
    line, column = place or (None, None)
    return Hint(
        rule=doubt.rule, message=doubt.message, advice=doubt.advice, shape=shape, file=path, line=line, column=column
    )
