"""Exports: the dataset, or one resource of it, in the serialisations of RDF, the same bytes from run to run."""

from __future__ import annotations

import json
import re
from bisect import bisect
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from migragraph.collection import pause_collection
from migragraph.dataset import Dataset
from migragraph.describe import Index, group_subjects
from migragraph.descriptions import Descriptions
from migragraph.errors import CallError, OutputError
from migragraph.formats import EXPORTS, RdfExport
from migragraph.iris import choose_prefixes
from migragraph.jsonld import Context, Resources, arrange_trees, make_context, make_document, survey_dataset
from migragraph.nesting import Statement
from migragraph.writing import order_files, write_files

__all__ = ["CONTEXT_FILE", "Dumps", "dump", "dump_resource", "dump_triples", "render_export", "write_export"]

CONTEXT_FILE = "context.jsonld"

_DEFAULT = str(DefaultGraph())
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_NAME = re.compile(r"[^\W\d][\w.-]*$")


@pause_collection()
def dump(dataset: Dataset, format_: str) -> bytes:
    """Serialise the dataset: the default graph, or with its named graphs in the formats that have them."""
    export = _export(format_)
    if export.format == RdfFormat.JSON_LD:
        return _json(make_document(dataset.default, _context(dataset)))
    quads: Iterable[Quad] = dataset.quads if export.named_graphs else (Quad(*triple) for triple in dataset.default)
    return _serialize(quads, export, dataset.prefixes)


class Dumps:
    """The dumps of a dataset that is sorted only once for all: each as ``dump`` gives it.

    But for JSON-LD, which has each thing on a line of its own.
    """

    def __init__(self, dataset: Dataset, context: Context) -> None:
        """Take the dataset, and its context for JSON-LD."""
        self._dataset = dataset
        self._jsonld = context

    @cached_property
    def _default(self) -> Sequence[tuple[str, Quad, Statement]]:
        """Give the default graph sorted: each triple as N-Triples writes it, as a quad, and taken apart."""
        statements = self._dataset.statements
        quads = self._dataset.quads[: len(statements)]
        return sorted(zip(map(str, quads), quads, statements, strict=True), key=itemgetter(0))

    @cached_property
    def default(self) -> Index:
        """Give the default graph by its subjects, sorted."""
        return group_subjects(statement for _, _, statement in self._default)

    @cached_property
    def _sorted(self) -> Sequence[tuple[str, Quad]]:
        """Give all quads by graph, sorted, each with its line; the default graph stands where its name would."""
        named = sorted(((_by_graph(quad), quad) for quad in self._dataset.named), key=itemgetter(0))
        place = bisect([graph for (graph, _), _ in named], _DEFAULT)
        lines = [(line, quad) for (_, line), quad in named]
        return [*lines[:place], *((line, quad) for line, quad, _ in self._default), *lines[place:]]

    @cached_property
    def _prefixes(self) -> dict[str, str]:
        terms = {*chain.from_iterable(self._dataset.statements), *chain.from_iterable(self._dataset.named)}
        return choose_prefixes(terms, self._dataset.prefixes)

    @cached_property
    def nquads(self) -> bytes:
        """Give the dump as N-Quads: a quad as a string is what stands in a line."""
        return _join(line for line, _ in self._sorted)

    def write(self, format_: str) -> bytes:
        """Write the dump in a format."""
        export = _export(format_)
        if export.format == RdfFormat.N_QUADS:
            return self.nquads
        if export.format == RdfFormat.N_TRIPLES:
            return _join(line for line, _, _ in self._default)
        if export.format == RdfFormat.JSON_LD:
            return _lines(self._jsonld, arrange_trees(self.default, self._jsonld))
        if export.format == RdfFormat.RDF_XML:
            return dump(self._dataset, format_)
        quads = [quad for _, quad in self._sorted] if export.named_graphs else [quad for _, quad, _ in self._default]
        return _write(quads, export, self._prefixes)


def dump_resource(dataset: Dataset, resource: NamedNode, format_: str) -> bytes:
    """Serialise the description of one resource; raise CallError where the graph says nothing of it."""
    export = _export(format_)
    description = Descriptions(dataset).describe(resource)
    if export.format == RdfFormat.JSON_LD:
        return _json(Resources(_context(dataset)).make(description))
    return _serialize((Quad(*triple) for triple in description.triples), export, dataset.prefixes)


def dump_triples(triples: Collection[Triple], format_: str, prefixes: Mapping[str, str]) -> bytes:
    """Serialise triples that stand apart from a dataset, in one format."""
    export = _export(format_)
    if export.format == RdfFormat.JSON_LD:
        return _json(make_document(triples, make_context((), triples, prefixes)))
    return _serialize((Quad(*triple) for triple in triples), export, prefixes)


def render_export(dataset: Dataset, format_: str) -> dict[str, bytes]:
    """Serialise the dataset in one format, under the name of its file, and with JSON-LD its context."""
    files = {_export(format_).file: dump(dataset, format_)}
    if format_ == "jsonld":
        files[CONTEXT_FILE] = _json({"@context": _context(dataset).json()})
    return files


def write_export(dataset: Dataset, formats: Sequence[str], folder: Path) -> list[Path]:
    """Write the dataset into a folder, a file for each format and, last, the context of JSON-LD; all files or none."""
    return write_files(folder, order_files(render_export(dataset, format_) for format_ in formats))


def _export(format_: str) -> RdfExport:
    if format_ not in EXPORTS:
        raise CallError(f"there is no export format {format_!r}.", advice=f"Choose from {', '.join(EXPORTS)}.")
    return EXPORTS[format_]


def _context(dataset: Dataset) -> Context:
    return make_context(dataset.ontology, survey_dataset(dataset), dataset.prefixes)


def _json(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _lines(context: Context, trees: Iterable[Any]) -> bytes:
    things = ",\n".join(json.dumps(tree, ensure_ascii=False) for tree in trees)
    head = json.dumps(context.json(), ensure_ascii=False)
    return f'{{"@context": {head},\n"@graph": [\n{things}\n]}}\n'.encode()


def _serialize(quads: Iterable[Quad], export: RdfExport, prefixes: Mapping[str, str]) -> bytes:
    ordered = sorted(quads, key=_by_graph)
    used: dict[str, str] = {}
    if export.format not in (RdfFormat.N_QUADS, RdfFormat.N_TRIPLES):
        used = choose_prefixes((term for quad in ordered for term in quad), prefixes)
    if export.format == RdfFormat.RDF_XML:
        _check_xml(ordered)
        used = {prefix: iri for prefix, iri in used.items() if not prefix.lower().startswith("xml")}
    data = _write(ordered if export.named_graphs else [quad.triple for quad in ordered], export, used)
    # A bare carriage return is lost on every reader of XML, and the serialiser leaves it bare.
    return data.replace(b"\r", b"&#13;") if export.format == RdfFormat.RDF_XML else data


def _join(lines: Iterable[str]) -> bytes:
    # Together as text they would take two bytes a character.
    return b" .\n".join([*map(str.encode, lines), b""])


def _write(ordered: Sequence[Quad] | Sequence[Triple], export: RdfExport, prefixes: dict[str, str]) -> bytes:
    data = serialize(ordered, format=export.format, prefixes=prefixes)
    assert data is not None
    return data


def _check_xml(quads: Sequence[Quad]) -> None:
    """Raise OutputError for what RDF/XML has no way to write (https://www.w3.org/TR/rdf-syntax-grammar/)."""
    advice = "Export another format."
    for predicate in dict.fromkeys(quad.predicate for quad in quads):
        if not _XML_NAME.search(predicate.value):
            raise OutputError(f"RDF/XML cannot hold {predicate}: its end is no name.", advice=advice)
    for quad in quads:
        found = _NOT_XML.search(quad.object.value) if isinstance(quad.object, Literal) else None
        if found:
            character = f"U+{ord(found.group()):04X}"
            raise OutputError(f"RDF/XML cannot hold {character} in a literal of {quad.subject}.", advice=advice)


def _by_graph(quad: Quad) -> tuple[str, str]:
    return (str(quad.graph_name), str(quad))
