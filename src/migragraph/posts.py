"""Posts: who holds one only for the time being."""

from __future__ import annotations

from pyoxigraph import NamedNode

from migragraph.namespaces import MG, ORG
from migragraph.support import Index

__all__ = ["find_acting"]

_MEMBER = ORG.member


def find_acting(index: Index) -> frozenset[tuple[NamedNode, NamedNode]]:
    """Find the persons, each with a post, who hold it for the time being by every holding that the data know."""
    holdings: dict[tuple[NamedNode, NamedNode], list[bool]] = {}
    for properties in index.values():
        is_acting = any(value.value in ("true", "1") for value in properties.get(MG.acting, ()))
        for person in properties.get(_MEMBER, ()):
            for post in properties.get(MG.inPost, ()):
                if isinstance(person, NamedNode) and isinstance(post, NamedNode):
                    holdings.setdefault((person, post), []).append(is_acting)
    return frozenset(pair for pair, flags in holdings.items() if all(flags))
