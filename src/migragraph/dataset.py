"""The dataset: the files of a project as one default graph, and a named graph for each thing that supports facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import starmap
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from migragraph.closure import imply
from migragraph.collection import pause_collection
from migragraph.connections import Connections
from migragraph.errors import DataError
from migragraph.formats import SUFFIXES
from migragraph.layout import Layout
from migragraph.lock import LOCK
from migragraph.namespaces import MG, OA, RDF
from migragraph.nesting import Row, label_blanks, name_rows
from migragraph.quotations import Testimony, list_testimonies
from migragraph.reading import ParsedFile, open_quads, read_quads
from migragraph.statedness import keep_stated
from migragraph.support import Exemptions, Fact, Index, Support, compute_support, read_exemptions

__all__ = ["Dataset", "assemble", "build"]

_TYPE = RDF.type
_BASIS, _INFERRED, _CONTENT = MG.basis, MG.inferred, MG.content
_TARGET = OA.hasTarget
_PARTS = (RDF.subject, RDF.predicate, RDF.object)


@dataclass(frozen=True)
class Dataset:
    """What a project holds, as quads: the default graph (each fact once), then the named graphs, in a stable order.

    ``asserted`` are the facts of the data folder with their nested nodes named, before anything is implied;
    ``ontology`` are the triples of the ontology folder; ``spoken`` is what the statements say, in their graphs;
    ``origin`` gives the file in which a subject is described. ``stated_from`` is, of a dataset without what is only
    inferred, the one with it. The graphs are made when they are first asked for.
    """

    layout: Layout
    ontology: tuple[Triple, ...]
    asserted: tuple[Fact, ...]
    spoken: tuple[Quad, ...]
    support: Support
    origin: Mapping[NamedNode, Path] = field(repr=False)
    stated_from: Dataset | None = field(default=None, repr=False)

    @cached_property
    def default(self) -> tuple[Triple, ...]:
        """Give the default graph: the ontology and the facts, and what they imply."""
        with pause_collection():
            asserted = dict.fromkeys([*self.ontology, *starmap(Triple, self.asserted)])
            return (*asserted, *imply(asserted))

    @cached_property
    def named(self) -> tuple[Quad, ...]:
        """Give the named graphs: what each passage, reference and inference supports, and what speakers say."""
        return (*_supporting(self.support), *self.spoken)

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """Give the default graph and the named graphs together."""
        return (*(Quad(*triple) for triple in self.default), *self.named)

    @cached_property
    def testimonies(self) -> tuple[Testimony, ...]:
        """Give every evidence of every thing, read once for all the checks that go through them."""
        return tuple(list_testimonies(self.index))

    @cached_property
    def connections(self) -> Connections:
        """Give what belongs to each thing and what names it."""
        return Connections(self.asserted, self.index, self.ontology)

    @property
    def index(self) -> Index:
        """Give the asserted facts by subject and property."""
        return self.support.index

    @property
    def whole(self) -> Dataset:
        """Give the dataset with what is only inferred."""
        return self.stated_from or self

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Give the prefixes of the project."""
        return self.layout.prefixes


@pause_collection()
def build(layout: Layout, *, stated_only: bool = False) -> Dataset:
    """Read the files of a project and build its dataset; raise DataError for the first file that cannot be read.

    With ``stated_only``, facts that are only inferred are left out, and what follows only from them.
    """
    ontology = [read_quads(path) for path in layout.files("ontology")]
    # What the lock tells comes last: a passage and its source stand where the data describe them.
    paths = sorted(layout.files("data"), key=lambda path: path.name == LOCK)
    return _assemble(layout, ontology, ((path, _read_rows(path)) for path in paths), stated_only=stated_only)


@pause_collection()
def assemble(
    layout: Layout, ontology: Sequence[ParsedFile], data: Sequence[ParsedFile], *, stated_only: bool = False
) -> Dataset:
    """Build the dataset from files that are already parsed."""
    files = sorted(data, key=lambda file: file.path.name == LOCK)
    named = ((file.path, name_rows(file.quads, file.path)) for file in files)
    return _assemble(layout, ontology, named, stated_only=stated_only)


def _assemble(
    layout: Layout, ontology: Sequence[ParsedFile], data: Iterable[tuple[Path, Iterable[Row]]], *, stated_only: bool
) -> Dataset:
    terms = [Triple(quad.subject, quad.predicate, quad.object) for file in ontology for quad in _labelled(file)]
    facts, spoken, origin = _gather(data)
    exemptions = read_exemptions(terms)
    facts |= _typed(facts)
    kept = tuple(facts)
    del facts
    support = compute_support(kept, exemptions)
    _check_graphs(spoken, origin.keys() - {by.graph for supporters in support.supporters.values() for by in supporters})
    said = tuple(spoken | dict.fromkeys(_reified(kept)))
    whole = Dataset(layout, tuple(dict.fromkeys(terms)), kept, said, support, origin)
    return _leave_out_inferred(whole, spoken, exemptions) if stated_only else whole


def _read_rows(path: Path) -> list[Row]:
    """Read a file with its nested nodes named, without all its quads in memory beside their parts."""
    if SUFFIXES.get(path.suffix) == RdfFormat.JSON_LD:
        return name_rows(read_quads(path).quads, path)
    with open_quads(path) as parser:
        return name_rows(parser, path)


def _gather(
    data: Iterable[tuple[Path, Iterable[Row]]],
) -> tuple[dict[Fact, None], dict[Quad, None], dict[NamedNode, Path]]:
    """Give the facts of the files, what they say in named graphs, and in which file each subject is described."""
    facts: dict[Fact, None] = {}
    spoken: dict[Quad, None] = {}
    origin: dict[NamedNode, Path] = {}
    for path, rows in data:
        for subject, predicate, value, graph in rows:
            if not isinstance(subject, NamedNode) or isinstance(value, BlankNode | Triple):
                advice = "Name its nodes with IRIs."
                raise DataError(f"{subject} is not described by plain triples.", path=path, advice=advice)
            if isinstance(graph, DefaultGraph):
                facts[Fact(subject, predicate, value)] = None
                origin.setdefault(subject, path)
            else:
                spoken[Quad(subject, predicate, value, graph)] = None
    return facts, spoken, origin


def _leave_out_inferred(whole: Dataset, authored: Iterable[Quad], exemptions: Exemptions) -> Dataset:
    """Leave out what is only inferred; ``authored`` is what statements say in named graphs of the data."""
    kept = keep_stated(whole.asserted, whole.support, exemptions)
    speakers = {fact.subject for fact in kept}
    spoken = dict.fromkeys([*(quad for quad in authored if quad.graph_name in speakers), *_reified(kept)])
    support = compute_support(kept, exemptions)
    return replace(whole, asserted=kept, spoken=tuple(spoken), support=support, stated_from=whole)


def _labelled(file: ParsedFile) -> list[Quad]:
    for quad in file.quads:
        if isinstance(quad.object, Triple):
            raise DataError(f"a triple is the value of {quad.predicate}.", path=file.path, advice="Name nodes instead.")
    return label_blanks(file.quads, file.path)


def _typed(facts: Mapping[Fact, None]) -> dict[Fact, None]:
    """Give the types that the build itself knows: mg:Passage, mg:Inference, and oa:Annotation for what has a target."""
    typed: dict[Fact, None] = {}
    for subject, predicate, value in facts:
        if predicate == _TYPE:
            if "#passage-" in subject.value:
                typed[Fact(subject, _TYPE, MG.Passage)] = None
        elif predicate == _TARGET:
            typed[Fact(subject, _TYPE, OA.Annotation)] = None
        elif predicate == _BASIS and value == _INFERRED:
            typed[Fact(subject, _TYPE, MG.Inference)] = None
    return typed


def _supporting(support: Support) -> dict[Quad, None]:
    return dict.fromkeys(Quad(*fact, by.graph) for fact, supporters in support.supporters.items() for by in supporters)


def _reified(facts: Iterable[Fact]) -> list[Quad]:
    """Give the contents of statements, authored as rdf:Statement nodes, as quads of the statements' graphs."""
    speech: dict[object, list[NamedNode]] = {}
    parts: dict[NamedNode, dict[NamedNode, NamedNode | Literal]] = {}
    for fact in facts:
        if fact.predicate == _CONTENT:
            speech.setdefault(fact.object, []).append(fact.subject)
        elif fact.predicate in _PARTS:
            parts.setdefault(fact.subject, {})[fact.predicate] = fact.object
    return [
        Quad(subject, predicate, node[RDF.object], statement)
        for name, node in parts.items()
        if name in speech and len(node) == len(_PARTS)
        for subject, predicate in ((node[RDF.subject], node[RDF.predicate]),)
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode)
        for statement in speech[name]
    ]


def _check_graphs(spoken: Iterable[Quad], subjects: Collection[NamedNode]) -> None:
    for quad in spoken:
        if quad.graph_name not in subjects:
            raise DataError(
                f"the named graph {quad.graph_name} is no statement of the data.",
                advice="Name a graph of a .trig file by the IRI of the statement whose content it is.",
            )
