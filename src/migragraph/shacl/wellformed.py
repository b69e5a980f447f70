"""Whether a shapes graph is well-formed: https://www.w3.org/TR/shacl/#syntax-rules.

An engine that meets an ill-formed shape may pass over it, stop without naming it, or not stop at all. Here the first
fault is named, with its shape, before an engine runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.iris import shorten_iri
from migragraph.namespaces import RDF, SH
from migragraph.shacl.parameters import NEEDS_PATH, RULES
from migragraph.shacl.shapes import (
    Resource,
    Shapes,
    Term,
    find_parents,
    list_members,
    name_shape,
    objects,
    read_path,
)

__all__ = ["SHAPE_LISTS", "SHAPE_REFERENCES", "ShapeFault", "find_fault"]

PREFIXES = {"sh": str(SH)}
# Deeper than any path that is written by hand; an engine's own limit is not far.
DEEPEST_PATH = 32
# A path whose parts are shared may be short to write and endless to walk.
LONGEST_PATH = 10_000
SCRIPTED = {SH[name] for name in ("JSConstraint", "JSRule", "JSTarget", "JSTargetType", "JSValidator")}
SHAPE_REFERENCES = tuple(SH[name] for name in ("node", "property", "not", "qualifiedValueShape"))
SHAPE_LISTS = tuple(SH[name] for name in ("and", "or", "xone"))


class ShapeFault(NamedTuple):
    """Say what is wrong with which node of the shapes graph, and what to do."""

    node: Term | None
    message: str
    advice: str


def find_fault(shapes: Shapes) -> ShapeFault | None:
    """Give the first fault of a shapes graph, or None where it is well-formed."""
    checks = (_check_entailment, _check_scripts, _check_parameters, _check_paths, _check_references, _check_recursion)
    return next((fault for check in checks for fault in check(shapes)), None)


def _check_entailment(shapes: Shapes) -> Iterator[ShapeFault]:
    """Signal a failure, as https://www.w3.org/TR/shacl/#shacl-entailment asks of who supports no entailment."""
    for subject, facts in shapes.items():
        for regime in facts.get(SH["entailment"], []):
            message = f"The shapes ask for the entailment {regime}, and nothing is inferred here."
            yield ShapeFault(subject, message, "Write what is implied into the data, and take sh:entailment out.")


def _check_scripts(shapes: Shapes) -> Iterator[ShapeFault]:
    """Refuse JavaScript (https://www.w3.org/TR/shacl-js/), which would otherwise be passed over."""
    for subject, facts in shapes.items():
        if SH["js"] in facts or not SCRIPTED.isdisjoint(facts.get(RDF["type"], ())):
            message = "The shape has a part in JavaScript, and no JavaScript is run here."
            yield ShapeFault(subject, message, "Write it in SHACL Core or SPARQL.")


def _check_parameters(shapes: Shapes) -> Iterator[ShapeFault]:
    for subject, facts in shapes.items():
        for parameter, values in facts.items():
            rule = RULES.get(parameter)
            if rule is None:
                continue
            if len(values) > 1 and not rule.repeats:
                message = f"{_name(parameter)} stands {len(values)} times on one shape; it can stand once."
                yield ShapeFault(subject, message, "Keep one value, or write two shapes.")
            for value in values:
                if not rule.holds(shapes, value):
                    message = f"{_name(parameter)} has the value {value}, and its value is to be {rule.expected}."
                    yield ShapeFault(subject, message, "Correct the value: https://www.w3.org/TR/shacl/#syntax-rules")
            if parameter in NEEDS_PATH and SH["path"] not in facts:
                message = f"{_name(parameter)} stands on a node shape, which has no values to look at."
                yield ShapeFault(subject, message, "Put it on a property shape, one with sh:path.")


def _name(parameter: NamedNode) -> str:
    return shorten_iri(parameter.value, PREFIXES)


def _check_paths(shapes: Shapes) -> Iterator[ShapeFault]:
    known: dict[Term, tuple[int, int]] = {}
    for subject, facts in shapes.items():
        paths = facts.get(SH["path"], [])
        if len(paths) > 1:
            yield ShapeFault(subject, "The shape has two paths (sh:path).", "Write one property shape for each path.")
        for path in paths:
            fault = _measure_path(shapes, path, DEEPEST_PATH, known)
            if isinstance(fault, str):
                advice = "Write the path as https://www.w3.org/TR/shacl/#property-paths says."
                yield ShapeFault(subject, f"The value of sh:path is no property path: {fault}.", advice)


def _measure_path(shapes: Shapes, path: Term, depth: int, known: dict[Term, tuple[int, int]]) -> tuple[int, int] | str:
    """Give how high and how long a path is, written out, or what is wrong with it; parts may be shared by others."""
    if isinstance(path, NamedNode):
        return 0, 1
    if path in known and known[path][0] <= depth:
        return known[path]
    operator, parts = read_path(shapes, path)
    if fault := _find_part_fault(path, operator, parts, depth):
        return fault
    height, length = 0, 1
    for part in parts:
        inner = _measure_path(shapes, part, depth - 1, known)
        if isinstance(inner, str):
            return inner
        height, length = max(height, inner[0] + 1), length + inner[1]
    if length > LONGEST_PATH:
        return f"it has more than {LONGEST_PATH:,} parts, written out"
    known[path] = height, length
    return known[path]


def _find_part_fault(path: Term, operator: str, parts: list[Term], depth: int) -> str | None:
    if depth == 0:
        return "it leads back into itself or is nested too deeply"
    if isinstance(path, Literal):
        return f"it holds the literal {path}"
    if not operator:
        return "a blank node in it is neither a list nor one of the SHACL path expressions"
    return "a list in it is broken, or has fewer than two members" if operator in "/|" and len(parts) < 2 else None


def _check_references(shapes: Shapes) -> Iterator[ShapeFault]:
    advice = "Give the property shape its sh:path."
    for subject, facts in shapes.items():
        if SH["PropertyShape"] in facts.get(RDF["type"], []) and SH["path"] not in facts:
            yield ShapeFault(subject, "The property shape has no path (sh:path).", advice)
        for value in facts.get(SH["property"], []):
            if not objects(shapes, value, SH["path"]):
                yield ShapeFault(subject, f"sh:property has the value {value}, which has no path (sh:path).", advice)


def _check_recursion(shapes: Shapes) -> Iterator[ShapeFault]:
    cycle = _find_cycle({shape: list(_referred(shapes, shape)) for shape in shapes})
    if cycle:
        parents = find_parents(shapes)
        named = dict.fromkeys(name for node in cycle if (name := name_shape(parents, node)))
        chain = " -> ".join(f"<{name}>" for name in [*named, *list(named)[:1]]) or "unnamed shapes"
        message = f"The shape leads back to itself ({chain}), and SHACL does not say what a recursive shape means."
        advice = "Break the circle, for example with sh:class in place of sh:node."
        yield ShapeFault(cycle[0], message, advice)


def _referred(shapes: Shapes, shape: Resource) -> Iterator[Term]:
    yield from objects(shapes, shape, *SHAPE_REFERENCES)
    for head in objects(shapes, shape, *SHAPE_LISTS):
        yield from list_members(shapes, head) or []


def _find_cycle(edges: Mapping[Term, Iterable[Term]]) -> list[Term]:
    """Give the nodes of one cycle, or none; without recursion, since shapes may be nested as deeply as one likes."""
    done: set[Term] = set()
    for start in edges:
        trail: dict[Term, Iterator[Term]] = {start: iter(edges[start])} if start not in done else {}
        while trail:
            node = next(reversed(trail))
            step = next((target for target in trail[node] if target not in done), None)
            if step is None:
                done.add(node)
                del trail[node]
            elif step in trail:
                nodes = list(trail)
                return nodes[nodes.index(step) :]
            else:
                trail[step] = iter(edges.get(step, ()))
    return []
