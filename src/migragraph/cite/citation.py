"""Citations: what is cited of a source, of an outside authority, and of the graph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from migragraph.bibliography import Authority, GraphRecord, Source
from migragraph.iris import content_key
from migragraph.lookup import fold_name

__all__ = ["AuthorityCitation", "Citation", "GraphCitation", "SourceCitation", "make_key"]

_BETWEEN = re.compile(r"[-:.]")


@dataclass(frozen=True, slots=True)
class SourceCitation:
    """A source, the words quoted from it, where they are read, and who says them; the empty string where there is none.

    ``is_inferred`` tells that the words do not state what is cited: it is inferred from them.
    """

    source: Source
    quote: str = ""
    speaker: str = ""
    url: str = ""
    is_inferred: bool = False

    @property
    def key(self) -> str:
        """Give the key of the source."""
        return make_key(self.source.curie)


@dataclass(frozen=True, slots=True)
class AuthorityCitation:
    """An authority outside the sources."""

    authority: Authority

    @property
    def key(self) -> str:
        """Give the key of the authority."""
        return make_key(self.authority.curie)


@dataclass(frozen=True, slots=True)
class GraphCitation:
    """The graph, and the thing in it that is cited, by its IRI or the empty string."""

    graph: GraphRecord
    thing: str

    @property
    def key(self) -> str:
        """Give the key of the graph in its version."""
        return make_key(f"migragraph-{self.graph.key}-{self.graph.version}")

    @property
    def url(self) -> str:
        """Give the address of the thing, or of the graph."""
        return self.thing or self.graph.iri


Citation = SourceCitation | AuthorityCitation | GraphCitation


@lru_cache(maxsize=2_000)
def make_key(name: str) -> str:
    """Make a key of ASCII letters, digits and hyphens; where it drops letters, a short hash of the name is added."""
    plain = fold_name(name).encode("ascii", "ignore").decode()
    key = "-".join(plain.split())
    is_whole = key == "-".join(_BETWEEN.split(name.casefold()))
    return key if is_whole else f"{key}-{content_key([name])}".lstrip("-")
