"""IRIs: minted for nested nodes, and shortened to CURIEs and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from pyoxigraph import Literal, NamedNode

from migragraph.errors import CallError

__all__ = [
    "Shortener",
    "choose_prefixes",
    "content_key",
    "document_of",
    "expand_curie",
    "is_minted",
    "local_name",
    "mint_nested",
    "mint_passage",
    "read_term",
    "shorten_iri",
    "thing_of",
]

_KEY_LENGTH = 10
_MINTED = re.compile(r"#.+-[0-9a-f]{10}")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w.-]*[\w-])?", re.ASCII)


def content_key(parts: Iterable[str]) -> str:
    """Give the short hash of parts that hold no line break, in lower-case hexadecimal."""
    return sha256("\n".join(parts).encode()).hexdigest()[:_KEY_LENGTH]


def document_of(iri: NamedNode) -> str:
    """Give the IRI of the document in which a node is described: the IRI up to its ``#``."""
    return iri.value.partition("#")[0]


def mint_nested(thing: NamedNode, class_name: str, key: str) -> NamedNode:
    """Mint ``<thing>#<class>-<key>`` for a node nested in a thing."""
    return NamedNode(f"{document_of(thing)}#{class_name.lower()}-{key}")


def mint_passage(source: NamedNode, key: str) -> NamedNode:
    """Mint ``<source>#passage-<key>`` for the words of a source."""
    return mint_nested(source, "passage", key)


def is_minted(iri: str) -> bool:
    """Tell whether an IRI is one that ``mint_nested`` gave."""
    start = iri.find("#")
    return start > 0 and _MINTED.fullmatch(iri, start) is not None


def thing_of(node: NamedNode) -> NamedNode:
    """Give the thing that a node is nested in by a minted IRI, or else the node itself."""
    return NamedNode(document_of(node)) if is_minted(node.value) else node


def local_name(iri: str) -> str:
    """Give what follows the last ``#`` or ``/`` of an IRI."""
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def expand_curie(text: str, prefixes: Mapping[str, str]) -> NamedNode:
    """Read an absolute IRI, with or without angle brackets, or a CURIE; raise CallError for what is neither."""
    prefix, colon, local = text.partition(":")
    if text.startswith("<") and text.endswith(">"):
        iri = text[1:-1]
    elif colon and prefix in prefixes and not local.startswith("//"):
        iri = prefixes[prefix] + local
    else:
        iri = text
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise CallError(f"{text!r} is neither an IRI nor a CURIE.", advice="Write <IRI> or prefix:name.") from error


def read_term(text: str) -> NamedNode | Literal:
    """Give what is an absolute IRI as an IRI, and any other text as a literal."""
    try:
        return NamedNode(text)
    except ValueError:
        return Literal(text)


def choose_prefixes(terms: Iterable[object], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Give the prefixes that shorten some IRI, so that a dump declares no more than it uses."""
    iris = {term.value for term in terms if isinstance(term, NamedNode)}
    heads = {_head(iri) for iri in iris}
    return {prefix: iri for prefix, iri in sorted(prefixes.items()) if iri in heads}


def shorten_iri(iri: str, prefixes: Mapping[str, str]) -> str:
    """Give the CURIE of an IRI by the longest namespace that fits, or the IRI in angle brackets."""
    fitting = {prefix: base for prefix, base in prefixes.items() if iri.startswith(base)}
    return _shorten_by(iri, _order(fitting))


class Shortener:
    """Shorten many IRIs by the same prefixes: only those are tried that agree up to the last ``/`` or ``#``."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._bases: dict[str, list[tuple[str, str]]] = {}
        for prefix, base in _order(prefixes):
            self._bases.setdefault(_head(base), []).append((prefix, base))

    def shorten(self, iri: str) -> str:
        """Give the CURIE of an IRI as ``shorten_iri`` does."""
        return _shorten_by(iri, self._bases.get(_head(iri), ()))


def _head(iri: str) -> str:
    """Give an IRI up to where its local name begins at the earliest: no local name holds ``/`` or ``#``."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _order(prefixes: Mapping[str, str]) -> list[tuple[str, str]]:
    ordered = sorted(((len(base), prefix, base) for prefix, base in prefixes.items()), reverse=True)
    return [(prefix, base) for _, prefix, base in ordered]


def _shorten_by(iri: str, bases: Iterable[tuple[str, str]]) -> str:
    for prefix, base in bases:
        if iri.startswith(base) and _LOCAL.fullmatch(iri, len(base)):
            return f"{prefix}:{iri[len(base) :]}"
    return f"<{iri}>"
