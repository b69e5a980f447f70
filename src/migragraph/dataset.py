"""The dataset: the files of a project as one default graph, and a named graph for each thing that supports facts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, starmap
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple

from migragraph.closure import RULING, Pair, Rules, close_subject, imply_statements, read_rules
from migragraph.collection import pause_collection
from migragraph.connections import Connections
from migragraph.contents import (
    Contents,
    Properties,
    join_properties,
    list_speech,
    read_contents,
    read_plain,
    read_terms,
    sort_rows,
)
from migragraph.errors import DataError
from migragraph.formats import SUFFIXES
from migragraph.layout import Layout
from migragraph.lock import LOCK
from migragraph.memo import Memo
from migragraph.nesting import Statement
from migragraph.quotations import Testimony, list_testimonies, read_testimonies
from migragraph.reading import ParsedFile, open_quads, read_quads, take_apart
from migragraph.statedness import keep_stated
from migragraph.support import Fact, Index, Support, index_facts, list_facts, read_exemptions, support_index

__all__ = ["Dataset", "assemble", "build"]

_KEPT = 1_000


@dataclass(frozen=True)
class Dataset:
    """What a project holds, as quads: the default graph (each fact once), then the named graphs, in a stable order.

    ``index`` are the facts of the data folder by subject and property, their nested nodes named, before anything is
    implied; ``ontology`` are the triples of the ontology folder; ``spoken`` is what the statements say, in their
    graphs; ``origin`` gives the file in which a subject is described, ``further`` the others, where there are any.
    ``stated_from`` is, of a dataset without what is only inferred, the one with it. The graphs, and what supports the
    facts, are made when they are first asked for.
    """

    layout: Layout
    ontology: tuple[Triple, ...]
    spoken: tuple[Quad, ...]
    index: Index = field(repr=False)
    origin: Mapping[NamedNode, Path] = field(repr=False)
    stated_from: Dataset | None = field(default=None, repr=False)
    further: Mapping[NamedNode, Sequence[Path]] = field(default_factory=dict, repr=False)

    @cached_property
    def asserted(self) -> tuple[Fact, ...]:
        """Give the facts of the index, one after the other."""
        with pause_collection():
            return tuple(list_facts(self.index))

    @cached_property
    def size(self) -> int:
        """Give the number of the asserted facts."""
        return sum(len(values) for properties in self.index.values() for values in properties.values())

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
            if any(map(self.asserts, ontology)):
                asserted = (fact for fact in asserted if fact not in ontology)
            known = (*ontology, *asserted)
            return (
                *known,
                *imply_statements(known, lambda one: self.asserts(one) or (one[0] in subjects and one in ontology)),
            )

    def asserts(self, statement: Statement) -> bool:
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
        ruling = frozenset(RULING)
        told = (
            Fact(subject, property_, value)
            for subject, properties in self.index.items()
            if not ruling.isdisjoint(properties)
            for property_ in RULING
            for value in properties.get(property_, ())
        )
        return read_rules(chain(self.ontology, told))

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
        plain = read_plain(parser, path)
    if plain is not None:
        return plain
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
    typed: dict[NamedNode, Sequence[NamedNode]] = {}
    parts: list[Fact] = []
    spoken: dict[Quad, Path] = {}
    index: dict[NamedNode, Properties] = {}
    origin: dict[NamedNode, Path] = {}
    further: dict[NamedNode, list[Path]] = {}
    for path, one in data:
        parts += one.parts
        spoken |= dict.fromkeys(one.spoken, path)
        shared = {subject: index[subject] for subject in index.keys() & one.index.keys()}
        index |= one.index
        for subject, before in shared.items():
            further.setdefault(subject, []).append(path)
            added = (typed.get(subject, ()), one.typed.get(subject, ()))
            index[subject], typed[subject] = join_properties(before, one.index[subject], added)
        typed |= {subject: types for subject, types in one.typed.items() if subject not in shared}
        for subject in one.index:
            origin.setdefault(subject, path)
    statements = tuple(starmap(Triple, terms))
    said = tuple(dict.fromkeys([*spoken, *list_speech(parts)]))
    whole = Dataset(layout, statements, said, index, origin, further=further)
    if spoken:
        _check_graphs(spoken, whole)
    return _leave_out_inferred(whole, spoken) if stated_only else whole


def _leave_out_inferred(whole: Dataset, authored: Iterable[Quad]) -> Dataset:
    """Leave out what is only inferred; ``authored`` is what statements say in named graphs of the data."""
    kept = keep_stated(whole.asserted, whole.support, read_exemptions(whole.ontology))
    speakers = {fact.subject for fact in kept}
    spoken = dict.fromkeys([*(quad for quad in authored if quad.graph_name in speakers), *list_speech(kept)])
    return replace(whole, spoken=tuple(spoken), index=index_facts(kept), stated_from=whole)


def _stream_supporting(support: Support) -> Iterator[Quad]:
    for fact, supporters in support.supporters.items():
        yield from (Quad(*fact, graph) for graph in dict.fromkeys(by.graph for by in supporters))


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
