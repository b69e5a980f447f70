"""The dataset: the files of a project as one default graph, and a named graph for each thing that supports facts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, starmap
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple

from migragraph.closure import Pair, Rules, close_subject, imply_statements, read_rules
from migragraph.collection import pause_collection
from migragraph.connections import Connections
from migragraph.contents import PARTS, Contents, read_contents, read_terms, sort_rows
from migragraph.errors import DataError
from migragraph.formats import SUFFIXES
from migragraph.layout import Layout
from migragraph.lock import LOCK
from migragraph.memo import Memo
from migragraph.namespaces import MG, RDF
from migragraph.nesting import Statement
from migragraph.quotations import Testimony, list_testimonies, read_testimonies
from migragraph.reading import ParsedFile, open_quads, read_quads, take_apart
from migragraph.statedness import keep_stated
from migragraph.support import Fact, Index, Support, index_facts, read_exemptions, support_index

__all__ = ["Dataset", "assemble", "build"]

_TYPE, _CONTENT = RDF.type, MG.content
_KEPT = 1_000
Properties: TypeAlias = Mapping[NamedNode, list[NamedNode | Literal]]


@dataclass(frozen=True)
class Dataset:
    """What a project holds, as quads: the default graph (each fact once), then the named graphs, in a stable order.

    ``asserted`` are the facts of the data folder with their nested nodes named, before anything is implied;
    ``ontology`` are the triples of the ontology folder; ``spoken`` is what the statements say, in their graphs;
    ``index`` are the asserted facts by subject and property; ``origin`` gives the file in which a subject is described,
    ``further`` the others, where there are any. ``stated_from`` is, of a dataset without what is only inferred, the one
    with it. The graphs, and what supports the facts, are made when they are first asked for.
    """

    layout: Layout
    ontology: tuple[Triple, ...]
    asserted: tuple[Fact, ...]
    spoken: tuple[Quad, ...]
    index: Index = field(repr=False)
    origin: Mapping[NamedNode, Path] = field(repr=False)
    stated_from: Dataset | None = field(default=None, repr=False)
    further: Mapping[NamedNode, Sequence[Path]] = field(default_factory=dict, repr=False)

    @cached_property
    def support(self) -> Support:
        """Give which evidence bears out which fact."""
        with pause_collection():
            return support_index(self.index, read_exemptions(self.ontology))

    @cached_property
    def default(self) -> tuple[Triple, ...]:
        """Give the default graph: the ontology and the facts, and what they imply."""
        with pause_collection():
            return tuple(starmap(Triple, self.statements))

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Give the default graph as triples taken apart, which are made in less time."""
        with pause_collection():
            ontology: dict[Statement, None] = dict.fromkeys((*triple,) for triple in self.ontology)
            subjects = {subject for subject, _, _ in ontology}
            asserted: Iterable[Statement] = self.asserted
            if any(map(self._asserts, ontology)):
                asserted = (fact for fact in asserted if fact not in ontology)
            known = (*ontology, *asserted)
            return (
                *known,
                *imply_statements(known, lambda one: self._asserts(one) or (one[0] in subjects and one in ontology)),
            )

    def _asserts(self, statement: Statement) -> bool:
        """Tell whether a triple is one of the facts: by the index, which looks at few terms."""
        subject, predicate, value = statement
        return isinstance(subject, NamedNode) and value in self.index.get(subject, {}).get(predicate, ())

    def stream_quads(self) -> Iterator[Quad]:
        """Give the quads of ``quads`` in some other order, without keeping them: what a store is loaded with."""
        yield from (Quad(*triple) for triple in self.stream_default())
        yield from self.stream_named()

    def stream_default(self) -> Iterator[Triple]:
        """Give the default graph subject by subject, without keeping it."""
        return (Triple(subject, *pair) for subject, pairs in self.stream_subjects() for pair in pairs)

    def stream_subjects(
        self, among: Container[NamedNode] | None = None
    ) -> Iterator[tuple[NamedNode | BlankNode, Mapping[Pair, None]]]:
        """Give what the default graph says of each subject, all or by some predicates, without keeping it."""
        for subject in dict.fromkeys([*self.connections.terms, *self.index]):
            if not isinstance(subject, Triple):
                yield subject, self.list_pairs(subject, among)

    def stream_named(self) -> Iterator[Quad]:
        """Give the named graphs without keeping them."""
        yield from _stream_supporting(self.support)
        yield from self.spoken

    @cached_property
    def rules(self) -> Rules:
        """Give what implies more than is told, read in one pass."""
        return read_rules(chain(self.ontology, self.asserted))

    def list_pairs(self, subject: NamedNode | BlankNode, among: Container[NamedNode] | None = None) -> dict[Pair, None]:
        """List what the default graph says of a subject: all, or by some predicates."""
        terms = self.connections.terms.get(subject, ())
        properties = self.index.get(subject, {}) if isinstance(subject, NamedNode) else {}
        return close_subject(subject, terms, properties, self.rules, among)

    @cached_property
    def named(self) -> tuple[Quad, ...]:
        """Give the named graphs: what each passage, reference and inference supports, and what speakers say."""
        return tuple(self.stream_named())

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """Give the default graph and the named graphs together."""
        return (*starmap(Quad, self.statements), *self.named)

    @cached_property
    def testimonies(self) -> tuple[Testimony, ...]:
        """Give every evidence of every thing, read once for all the checks that go through them."""
        return tuple(list_testimonies(self.index))

    @cached_property
    def told(self) -> Mapping[NamedNode, Sequence[Testimony]]:
        """Give the evidence of a thing, read when it is asked for and kept for a while: several ask for the same."""
        return Memo(self._list_told, _KEPT)

    def _list_told(self, thing: NamedNode) -> Sequence[Testimony]:
        return list(read_testimonies(thing, self.index))

    @cached_property
    def shapes(self) -> tuple[ParsedFile, ...]:
        """Give the files of shapes, parsed once for all who ask; none where the project has no such folder."""
        has_any = (self.layout.root / self.layout.folders["shapes"]).is_dir()
        return tuple(map(read_quads, self.layout.files("shapes"))) if has_any else ()

    @cached_property
    def places(self) -> Mapping[str, Sequence[Path]]:
        """Give the files that describe a subject, by its IRI."""
        return {subject.value: (path, *self.further.get(subject, ())) for subject, path in self.origin.items()}

    @cached_property
    def connections(self) -> Connections:
        """Give what belongs to each thing and what names it."""
        return Connections(self.index, self.ontology)

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
    data = ((path, _read_apart(path)) for path in sorted(layout.files("data"), key=_is_lock))
    return _put_together(layout, ontology, data, stated_only=stated_only)


@pause_collection()
def assemble(
    layout: Layout, ontology: Sequence[ParsedFile], data: Sequence[ParsedFile], *, stated_only: bool = False
) -> Dataset:
    """Build the dataset from files that are already parsed; what one file says by itself is worked out once for it."""
    files = sorted(data, key=lambda file: _is_lock(file.path))
    contents = ((file.path, file.derive(read_contents)) for file in files)
    return _put_together(layout, ontology, contents, stated_only=stated_only)


def _is_lock(path: Path) -> bool:
    """Tell what comes last: a passage and its source stand where the data describe them."""
    return path.name == LOCK


def _read_apart(path: Path) -> Contents:
    """Read a file without all its quads in memory beside their parts."""
    if SUFFIXES.get(path.suffix) == RdfFormat.JSON_LD:
        return sort_rows(read_quads(path).rows, path)
    with open_quads(path) as parser:
        rows = take_apart(parser)
    return sort_rows(rows, path)


def _put_together(
    layout: Layout, ontology: Sequence[ParsedFile], data: Iterable[tuple[Path, Contents]], *, stated_only: bool
) -> Dataset:
    """Put the files together: dictionaries are merged, which keep the hashes that they have."""
    terms: dict[Statement, None] = {}
    for file in ontology:
        terms |= file.derive(read_terms)
    facts, typed, parts = dict[Fact, None](), dict[Fact, None](), dict[Fact, None]()
    spoken: dict[Quad, Path] = {}
    index: dict[NamedNode, Properties] = {}
    origin: dict[NamedNode, Path] = {}
    further: dict[NamedNode, list[Path]] = {}
    for path, one in data:
        facts |= one.facts
        typed |= one.typed
        parts |= one.parts
        spoken |= dict.fromkeys(one.spoken, path)
        shared = {subject: index[subject] for subject in index.keys() & one.index.keys()}
        index |= one.index
        index |= {subject: _join(subject, before, one.index[subject], facts) for subject, before in shared.items()}
        for subject in shared:
            further.setdefault(subject, []).append(path)
        for subject in one.index:
            origin.setdefault(subject, path)
    facts |= typed
    kept = tuple(facts)
    del facts, typed
    statements = tuple(starmap(Triple, terms))
    said = tuple(dict.fromkeys([*spoken, *_reified(parts)]))
    whole = Dataset(layout, statements, kept, said, index, origin, further=further)
    if spoken:
        _check_graphs(spoken, whole)
    return _leave_out_inferred(whole, spoken) if stated_only else whole


def _join(subject: NamedNode, one: Properties, other: Properties, facts: Mapping[Fact, None]) -> Properties:
    """Give the properties of a subject as two files have them, each value once, and the types that the build adds last.

    ``facts`` are what the files state.
    """
    joined = {**one}
    for property_, values in other.items():
        before = joined.get(property_)
        joined[property_] = values if before is None else list(dict.fromkeys([*before, *values]))
    if types := joined.get(_TYPE):
        stated = [type_ for type_ in types if Fact(subject, _TYPE, type_) in facts]
        if not stated:
            del joined[_TYPE]
        joined[_TYPE] = list(dict.fromkeys([*stated, *types]))
    return joined


def _leave_out_inferred(whole: Dataset, authored: Iterable[Quad]) -> Dataset:
    """Leave out what is only inferred; ``authored`` is what statements say in named graphs of the data."""
    kept = keep_stated(whole.asserted, whole.support, read_exemptions(whole.ontology))
    speakers = {fact.subject for fact in kept}
    spoken = dict.fromkeys([*(quad for quad in authored if quad.graph_name in speakers), *_reified(kept)])
    return replace(whole, asserted=kept, spoken=tuple(spoken), index=index_facts(kept), stated_from=whole)


def _stream_supporting(support: Support) -> Iterator[Quad]:
    for fact, supporters in support.supporters.items():
        yield from (Quad(*fact, graph) for graph in dict.fromkeys(by.graph for by in supporters))


def _reified(facts: Iterable[Fact]) -> list[Quad]:
    """Give the contents of statements, authored as rdf:Statement nodes, as quads of the statements' graphs."""
    speech: dict[object, list[NamedNode]] = {}
    nodes: dict[NamedNode, dict[NamedNode, NamedNode | Literal]] = {}
    for fact in facts:
        if fact.predicate == _CONTENT:
            speech.setdefault(fact.object, []).append(fact.subject)
        elif fact.predicate in PARTS:
            nodes.setdefault(fact.subject, {})[fact.predicate] = fact.object
    return [
        Quad(subject, predicate, node[RDF.object], statement)
        for name, node in nodes.items()
        if name in speech and len(node) == len(PARTS) - 1
        for subject, predicate in ((node[RDF.subject], node[RDF.predicate]),)
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode)
        for statement in speech[name]
    ]


def _check_graphs(spoken: Mapping[Quad, Path], dataset: Dataset) -> None:
    supporting = {by.graph for supporters in dataset.support.supporters.values() for by in supporters}
    subjects = dataset.origin.keys() - supporting
    for quad, path in spoken.items():
        if quad.graph_name not in subjects:
            raise DataError(
                f"the named graph {quad.graph_name} is no statement of the data.",
                path=path,
                advice="Name a graph by the IRI of the statement whose content it is.",
            )
