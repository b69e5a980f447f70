"""DESCRIBE: answered with the description that pages and exports give, of each resource that the query finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, QueryTriples, Store, Triple

from migragraph.closure import Pair
from migragraph.describe import Describer, Node, sort_pairs
from migragraph.errors import CallError
from migragraph.iris import document_of
from migragraph.namespaces import RDF
from migragraph.queries.parsing import Results
from migragraph.queries.tokens import Token

__all__ = ["describe_resources", "is_describe", "select_resources"]

_AFTER = frozenset({"GROUP", "HAVING", "LIMIT", "OFFSET", "ORDER", "VALUES"})
_RESOURCES = frozenset({"iri", "name", "variable"})


def is_describe(tokens: Sequence[Token]) -> bool:
    """Tell whether a query is a DESCRIBE."""
    return any(token.word == "DESCRIBE" for token in tokens)


def select_resources(tokens: Sequence[Token], texts: Sequence[str]) -> list[str]:
    """Give the texts of the tokens of a DESCRIBE as a SELECT of the resources that it names or finds."""
    code = [number for number, token in enumerate(tokens) if token.is_code]
    written = list(texts)
    start = next(order for order, number in enumerate(code) if tokens[number].word == "DESCRIBE")
    written[code[start]] = "SELECT DISTINCT"
    for number in code[start + 1 :]:
        token = tokens[number]
        if token.kind not in _RESOURCES:
            break
        if texts[number] != token.text or token.kind != "variable":
            written[number] = f" ({texts[number]} AS ?described_{number}) "
    if not any(tokens[number].text == "{" for number in code[start:]):
        # The pattern may be left out, and a SELECT needs one.
        end = next((number for number in code[start + 1 :] if tokens[number].word in _AFTER), len(written))
        written.insert(end, " {} ")
    return written


def describe_resources(store: Store, found: Results) -> QueryTriples:
    """Describe the resources among the values of solutions; one of which nothing is said adds nothing.

    The forms of literals are those of the store.
    """
    assert isinstance(found, QuerySolutions)
    nodes = (value for solution in found for value in solution if isinstance(value, NamedNode))
    subjects = _Subjects(store)
    describer = Describer(subjects)
    described = Store()
    for node in dict.fromkeys(nodes):
        try:
            triples = describer.describe(node, subjects.anchors.get(node.value, ())).triples
        except CallError:
            continue
        described.extend(Quad(*triple) for triple in triples)
    results = described.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert isinstance(results, QueryTriples)
    return results


class _Subjects(Mapping[Node, Sequence[Pair]]):
    """The default graph of a store by subject, read where it is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, subject: Node) -> list[Pair]:
        quads = self._store.quads_for_pattern(subject, None, None, DefaultGraph())
        pairs = sort_pairs((quad.predicate, quad.object) for quad in quads)
        if not pairs:
            raise KeyError(subject)
        return pairs

    def __iter__(self) -> Iterator[Node]:
        quads = self._store.quads_for_pattern(None, None, None, DefaultGraph())
        yield from dict.fromkeys(quad.subject for quad in quads if not isinstance(quad.subject, Triple))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def anchors(self) -> Mapping[str, list[NamedNode]]:
        """Give the typed nodes with a ``#`` by the IRI of their document, sorted."""
        found: dict[str, dict[NamedNode, None]] = {}
        for quad in self._store.quads_for_pattern(None, RDF.type, None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and "#" in quad.subject.value:
                found.setdefault(document_of(quad.subject), {})[quad.subject] = None
        return {document: sorted(nodes, key=lambda node: node.value) for document, nodes in found.items()}
