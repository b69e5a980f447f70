"""Carry graphs over to rdflib and a report of pyshacl back, term by term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.namespaces import SH, XSD
from migragraph.shacl.prepared import make_graph
from migragraph.shacl.results import ShaclResult
from migragraph.shacl.shapes import Shapes, Term, objects

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

__all__ = ["Translation", "read_report"]


class Translation:
    """Translate terms both ways; each call gets blank nodes of its own, since pyshacl caches texts by their labels."""

    def __init__(self) -> None:
        from rdflib import BNode, Literal, URIRef

        self._bnode, self._literal, self._iri = BNode, Literal, URIRef
        self._there: dict[Term, Node] = {}
        self._blank: dict[Node, BlankNode] = {}

    def load(self, triples: Iterable[Triple | tuple[Term, Term, Term]]) -> rdflib.Graph:
        """Fill a graph; RDF 1.2 triple terms, which rdflib does not know, are left out."""
        graph = make_graph()
        there = self.translate
        for subject, predicate, value in triples:
            if not isinstance(subject, Triple) and not isinstance(value, Triple):
                graph.add((there(subject), there(predicate), there(value)))
        return graph

    def translate(self, term: Term) -> Node:
        """Give the rdflib term, its lexical form untouched."""
        known = self._there.get(term)
        if known is None:
            known = self._there[term] = self._translate(term)
        return known

    def _translate(self, term: Term) -> Node:
        if isinstance(term, NamedNode):
            return self._iri(term.value)
        if isinstance(term, Literal):
            if term.language:
                return self._literal(term.value, lang=term.language, normalize=False)
            # rdflib takes "a" and "a"^^xsd:string for two terms; RDF 1.1 and its own parsers write the former.
            datatype = None if term.datatype == XSD["string"] else self._iri(term.datatype.value)
            return self._literal(term.value, datatype=datatype, normalize=False)
        node = self._bnode()
        self._blank[node] = term
        return node

    def back(self, node: Node) -> Term:
        """Give the term that an rdflib term stands for."""
        if isinstance(node, self._literal):
            if node.language:
                return Literal(str(node), language=node.language)
            return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))
        if isinstance(node, self._bnode):
            return self._blank.get(node) or BlankNode(str(node))
        return NamedNode(str(node))


def read_report(report: rdflib.Graph, terms: Translation, index: Shapes) -> Iterator[ShaclResult]:
    """Give the results of a report that pyshacl wrote about graphs of this translation."""
    from rdflib import SH as NAMES

    for node in report.objects(None, NAMES.result):

        def one(name: str, node: Node = node) -> Any:
            value = report.value(node, NAMES[name])
            return None if value is None else terms.back(value)

        result = ShaclResult(
            focus=one("focusNode"),
            severity=one("resultSeverity"),
            component=one("sourceConstraintComponent"),
            shape=one("sourceShape"),
            path=one("resultPath"),
            value=one("value"),
            constraint=one("sourceConstraint"),
        )
        messages = [terms.back(message) for message in report.objects(node, NAMES.resultMessage)]
        yield replace(result, messages=_restore_messages(messages, result, index))


def _restore_messages(messages: list[Any], result: ShaclResult, index: Shapes) -> tuple[Literal, ...]:
    """Give messages with {?variables} their language back, which pyshacl drops; a query's own go before its shape's."""
    validators = objects(index, result.component, SH["validator"], SH["nodeValidator"], SH["propertyValidator"])
    owners = [*validators, *([result.constraint] if result.constraint is not None else [])]
    templates = [template for owner in owners for template in objects(index, owner, SH["message"])]
    own = [_restore(message, templates) for message in messages]
    found = [message for message in own if message is not None]
    shape_templates = objects(index, result.shape, SH["message"])
    restored = found or [_restore(message, shape_templates) or message for message in messages]
    return tuple(sorted(set(restored), key=str))


def _restore(message: Literal, templates: Iterable[Term]) -> Literal | None:
    for template in templates:
        if not isinstance(template, Literal) or message.language not in {None, template.language}:
            continue
        parts = [re.escape(part) for part in re.split(r"\{[?$]\w+\}", template.value)]
        if re.fullmatch(".*?".join(parts), message.value, re.DOTALL):
            return Literal(message.value, language=template.language)
    return None
