"""Whether the two engines agree, but for what pyshacl 0.40 is known to get wrong; docs/shacl.md says more of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from migragraph.iris import local_name, shorten_iri
from migragraph.literals import is_well_typed
from migragraph.namespaces import SH, XSD
from migragraph.shacl.results import ShaclResult
from migragraph.shacl.shapes import Resource, Shapes, Term, list_members, objects, read_path
from migragraph.shacl.wellformed import SHAPE_LISTS, SHAPE_REFERENCES, ShapeFault

__all__ = ["MISTAKES", "STOPS", "Mistake", "find_disagreement"]

SHOWN = 10
ADVICE = "Report it with the data and the shapes: one of the engines is wrong."

Facts: TypeAlias = Mapping[NamedNode, list[Term]]
Key: TypeAlias = tuple[Term | None, ...]

ORDERING = {
    SH[name]
    for name in (
        "minInclusive", "minExclusive", "maxInclusive", "maxExclusive", "lessThan", "lessThanOrEquals",
    )
}  # fmt: skip
PAIRED = {SH["lessThan"], SH["lessThanOrEquals"]}
PAIR_COMPONENTS = {SH["LessThanConstraintComponent"], SH["LessThanOrEqualsConstraintComponent"]}
QUALIFIED = {SH["qualifiedMinCount"], SH["qualifiedMaxCount"]}
# The types whose order pyshacl has right, as long as the literals fit them; of numbers it is wrong on NaN alone.
ORDERED = {XSD[name] for name in ("byte", "decimal", "double", "float", "integer", "string")}
TRUE = Literal("true", datatype=XSD["boolean"])


class Mistake(NamedTuple):
    """Say what pyshacl gets wrong, and on which shapes of which data that can show."""

    text: str
    shows: Callable[[Shapes, Facts, Iterable[Literal]], bool]


def _compares_others(_: Shapes, facts: Facts, literals: Iterable[Literal]) -> bool:
    bounds = [value for name in ORDERING for value in facts.get(name, ()) if isinstance(value, Literal)]
    return not ORDERING.isdisjoint(facts) and not all(map(_is_ordered, [*bounds, *literals]))


def _is_ordered(literal: Literal) -> bool:
    return literal.datatype in ORDERED and literal.value != "NaN" and is_well_typed(literal)


def _has_no_length(_: Shapes, facts: Facts, __: Iterable[Literal]) -> bool:
    return any(int(value.value) == 0 for value in facts.get(SH["minLength"], ()))


def _is_qualified_node(_: Shapes, facts: Facts, __: Iterable[Literal]) -> bool:
    return SH["path"] not in facts and SH["qualifiedValueShape"] in facts and not QUALIFIED.isdisjoint(facts)


def _compares_nodes(_: Shapes, facts: Facts, __: Iterable[Literal]) -> bool:
    return not PAIRED.isdisjoint(facts)


def _has_odd_sibling(shapes: Shapes, facts: Facts, _: Iterable[Literal]) -> bool:
    parts = facts.get(SH["property"], ())
    disjoint = any(TRUE in objects(shapes, part, SH["qualifiedValueShapesDisjoint"]) for part in parts)
    qualified = [shape for part in parts for shape in objects(shapes, part, SH["qualifiedValueShape"])]
    return disjoint and any(
        TRUE in objects(shapes, shape, SH["deactivated"]) or objects(shapes, shape, SH["path"]) for shape in qualified
    )


def _ends_in_newline(_: Shapes, facts: Facts, literals: Iterable[Literal]) -> bool:
    return SH["pattern"] in facts and any(literal.value.endswith("\n") for literal in literals)


def _inverts_sequence(shapes: Shapes, facts: Facts, _: Iterable[Literal]) -> bool:
    return any(_has_sequence(shapes, path, inverted=False) for path in facts.get(SH["path"], ()))


def _has_sequence(shapes: Shapes, path: Term, *, inverted: bool) -> bool:
    operator, parts = read_path(shapes, path)
    inside = inverted or operator == "^"
    return (inverted and operator == "/") or any(_has_sequence(shapes, part, inverted=inside) for part in parts)


MISTAKES = (
    Mistake("pyshacl orders literals that SPARQL does not, or orders them otherwise", _compares_others),
    Mistake("pyshacl lets a blank node pass sh:minLength 0", _has_no_length),
    Mistake("pyshacl passes over qualified counts on node shapes", _is_qualified_node),
    Mistake("pyshacl lets nothing conform to a sibling that is deactivated or a property shape", _has_odd_sibling),
    Mistake("pyshacl orders IRIs, and strings among them", _compares_nodes),
    Mistake("pyshacl walks an inverted sequence from the wrong end", _inverts_sequence),
    Mistake("pyshacl lets $ in a pattern stand before a newline at the end", _ends_in_newline),
)
"""The recorded mistakes. That pyshacl gives equal solutions of a query once is another, and always passed over."""


STOPS = ("to compare a BlankNode", "$shapesGraph", "InvalidOperation")
"""What pyshacl says where it stops, and the specification asks for results."""


def find_disagreement(
    fast: Iterable[ShaclResult], reference: Iterable[ShaclResult], shapes: Shapes, literals: Iterable[Literal]
) -> tuple[ShapeFault | None, list[str]]:
    """Give a fault that lists what one engine alone found, or none; and the mistakes that were passed over.

    ``literals`` are those of the data.
    """
    ours, theirs = _count(fast), _count(reference)
    lines, excuses = [], dict[str, None]()
    for engine, alone in (("fast", ours - theirs), ("pyshacl", theirs - ours)):
        for key, times in sorted(alone.items(), key=str):
            excuse = _find_excuse(shapes, key, literals)
            if excuse is None:
                lines.append(_describe(engine, key, times))
            else:
                excuses[f"The engines differ on {_name(key[4])}: {excuse}."] = None
    if not lines:
        return None, list(excuses)
    more = f" And {len(lines) - SHOWN} more." if len(lines) > SHOWN else ""
    return ShapeFault(None, f"The engines disagree. {' '.join(lines[:SHOWN])}{more}", ADVICE), []


def _count(results: Iterable[ShaclResult]) -> Counter[Key]:
    """Count results by what engines have to agree on, which is all but the messages; those of queries count once."""
    counts: Counter[Key] = Counter()
    for result in results:
        key = (
            result.focus,
            result.path,
            result.value,
            result.component,
            result.shape,
            result.severity,
            result.constraint,
        )
        counts[key] = 1 if _is_of_query(result) else counts[key] + 1
    return counts


def _is_of_query(result: ShaclResult) -> bool:
    return result.constraint is not None or not result.component.value.startswith(str(SH))


def _find_excuse(shapes: Shapes, key: Key, literals: Iterable[Literal]) -> str | None:
    reached = [shapes.get(node, {}) for node in _reach(shapes, key[4])]
    # Of a pair out of order the value is named, so that one can see where it is neither an IRI nor a string.
    mistakes = [mistake for mistake in MISTAKES if mistake.shows is not _compares_nodes or not _is_plain_pair(key)]
    return next(
        (mistake.text for mistake in mistakes for facts in reached if mistake.shows(shapes, facts, literals)), None
    )


def _is_plain_pair(key: Key) -> bool:
    return key[3] in PAIR_COMPONENTS and isinstance(key[2], Literal) and key[2].datatype != XSD["string"]


def _reach(shapes: Shapes, start: Term | None) -> Iterator[Resource]:
    """Give the shapes that a shape refers to, itself first, and the siblings that it has to do with."""
    waiting, seen = [start], {start}
    while waiting:
        node = waiting.pop()
        if node is None or isinstance(node, Literal):
            continue
        yield node
        parents = [parent for parent, facts in shapes.items() if node in facts.get(SH["property"], ())]
        parts = [part for parent in parents for part in objects(shapes, parent, SH["property"])]
        siblings = [*parents, *(shape for part in parts for shape in objects(shapes, part, SH["qualifiedValueShape"]))]
        lists = [member for head in objects(shapes, node, *SHAPE_LISTS) for member in list_members(shapes, head) or ()]
        fresh = dict.fromkeys([*objects(shapes, node, *SHAPE_REFERENCES), *lists, *siblings]).keys() - seen
        seen |= fresh
        waiting += fresh


def _describe(engine: str, key: Key, times: int) -> str:
    focus, path, value, component, shape, *_ = key
    name = local_name(component.value) if isinstance(component, NamedNode) else ""
    return f"{engine} alone ({times} times): {name} of {_name(shape)} on {focus}, path {path}, value {value}."


def _name(term: Term | None) -> str:
    return shorten_iri(term.value, {}) if isinstance(term, NamedNode) else str(term)
