"""Whether two engines agree, but for what the reference is known to get wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from migragraph.iris import local_name
from migragraph.shacl.results import ShaclResult
from migragraph.shacl.shapes import Shapes, Term
from migragraph.shacl.wellformed import ShapeFault

__all__ = ["find_disagreement"]

SHOWN = 10
ADVICE = "Report it with the data and the shapes: one of the engines is wrong."


def find_disagreement(
    fast: Iterable[ShaclResult], reference: Iterable[ShaclResult], index: Shapes
) -> tuple[ShapeFault | None, list[str]]:
    """Give a fault that lists what one engine alone found, or none; and the mistakes that were passed over."""
    ours, theirs = Counter(map(_key, fast)), Counter(map(_key, reference))
    lines = [*_describe("fast", ours - theirs), *_describe("pyshacl", theirs - ours)]
    if not lines:
        return None, []
    more = f" And {len(lines) - SHOWN} more." if len(lines) > SHOWN else ""
    return ShapeFault(None, f"The engines disagree. {' '.join(lines[:SHOWN])}{more}", ADVICE), []


def _key(result: ShaclResult) -> tuple[Term | None, ...]:
    """Give what two engines have to agree on: everything but the messages."""
    return (
        result.focus, result.path, result.value, result.component, result.shape, result.severity, result.constraint,
    )  # fmt: skip


def _describe(engine: str, results: Counter[tuple[Term | None, ...]]) -> Iterator[str]:
    for (focus, path, value, component, shape, *_), times in sorted(results.items(), key=str):
        name = local_name(component.value) if component else ""
        yield f"{engine} alone ({times} times): {name} of {shape} on {focus}, path {path}, value {value}."
