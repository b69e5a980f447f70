"""Trusty URIs: IRIs that hold the hash of what they name, so that any change to it shows.

The module RA of https://trustyuri.net/spec/, for RDF with named graphs: the quads, their own hash blanked out, are
sorted, written one term a line, and hashed by SHA-256.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad

__all__ = ["BLANK_CODE", "compute_code"]

BLANK_CODE = "RA" + "0" * 43
"""What stands in the IRIs for the artifact code as long as it is not known: a module and 43 characters of a hash."""


def compute_code(quads: Iterable[Quad], own: str = BLANK_CODE) -> str:
    """Compute the artifact code of quads without blank nodes, in whose IRIs ``own`` stands for it."""
    ordered = sorted(set(quads), key=lambda quad: _order(quad, own))
    lines = (_line(term, own) for quad in ordered for term in (quad.graph_name, *quad.triple))
    return "RA" + urlsafe_b64encode(sha256("".join(lines).encode()).digest()).decode().rstrip("=")


def _order(quad: Quad, own: str) -> tuple[object, ...]:
    """Order by graph, subject, predicate and object; IRIs before literals, and these by text, datatype and language."""
    nodes = tuple(_iri(term, own).encode() for term in (quad.graph_name, quad.subject, quad.predicate))
    value = quad.object
    if not isinstance(value, Literal):
        return (*nodes, False, _iri(value, own).encode(), "", "")
    datatype = "" if value.language else value.datatype.value
    return (*nodes, True, value.value.encode(), datatype, value.language or "")


def _line(term: object, own: str) -> str:
    if not isinstance(term, Literal):
        return f"{_iri(term, own)}\n"
    kind = f"@{term.language.lower()}" if term.language else f"^{term.datatype.value}"
    text = term.value.replace("\\", "\\\\").replace("\n", "\\n")
    return f"{kind} {text}\n"


def _iri(term: object, own: str) -> str:
    assert isinstance(term, NamedNode)
    return term.value.replace(own, " ")
