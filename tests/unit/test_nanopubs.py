"""Nanopublications: well-formed, verified by a kept checker, and together all that the passages state."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from migragraph.bibliography import Bibliography
from migragraph.dataset import Dataset, build
from migragraph.iris import document_of
from migragraph.labels import collect_labels
from migragraph.layout import Layout, load_layout
from migragraph.namespaces import DCAT, DCTERMS, FOAF, MG, NP, OA, PROV, RDF, RDFS, SCHEMA, XSD
from migragraph.nanopubs import BLANK_CODE, Nanopub, compute_code, list_nanopubs, render_nanopubs
from migragraph.quotations import list_testimonies
from migragraph.support import Fact

Call = Callable[..., tuple[int, str, str]]

FRAME = (MG.speaker, MG.inPost, MG.madeAt)
SOURCE = OA.hasSource
GRAPHS = ("Head", "assertion", "provenance", "pubinfo")


class ProjectWriter(Protocol):
    def __call__(self, data: Mapping[str, str | bytes], ontology: str = "") -> Layout: ...


@pytest.fixture(scope="module")
def nanopubs(bundled: Dataset) -> list[Nanopub]:
    return list_nanopubs(bundled)


def part(nanopub: Nanopub, name: str) -> list[Quad]:
    return [quad for quad in nanopub.quads if quad.graph_name == NamedNode(f"{nanopub.iri.value}#{name}")]


def code_of(nanopub: Nanopub) -> str:
    return nanopub.iri.value.rpartition("/")[2]


def write_quads(quads: Iterable[Quad]) -> str:
    data = serialize(quads, format=RdfFormat.N_QUADS)
    assert data is not None
    return data.decode()


# The checker turns off rdflib's normal forms for the whole process, and warns of rdflib: it has a process of its own.
CHECK = """
import json, sys, warnings
warnings.simplefilter("ignore")
from nanopub import Nanopub
from nanopub.utils import MalformedNanopubError
from rdflib import ConjunctiveGraph

def judge(iri, text):
    graph = ConjunctiveGraph()
    graph.parse(data=text, format="nquads")
    try:
        nanopub = Nanopub(rdf=graph)
        assert nanopub.is_valid and nanopub.has_valid_trusty and str(nanopub.source_uri) == iri
    except MalformedNanopubError as error:
        return str(error)
    return ""

json.dump([judge(iri, text) for iri, text in json.load(sys.stdin)], sys.stdout)
"""


def check(nanopubs: Iterable[tuple[NamedNode, Iterable[Quad]]]) -> list[str]:
    """Give what the checker has against each nanopublication: nothing where it is valid and its hash is right."""
    given = json.dumps([(iri.value, write_quads(quads)) for iri, quads in nanopubs])
    command = [sys.executable, "-c", CHECK]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    verdicts: list[str] = json.loads(done.stdout)
    return verdicts


# --- the bundled graph


def test_there_is_one_for_each_passage_and_thing(bundled: Dataset, nanopubs: list[Nanopub]) -> None:
    expected = {
        (NamedNode(document_of(fact.subject)), supporter.graph)
        for fact, supporters in bundled.support.supporters.items()
        for supporter in supporters
        if supporter.basis == MG.stated
    }
    assert len(nanopubs) > 1000
    assert Counter((one.thing, one.passage) for one in nanopubs) == Counter(expected)
    assert len({one.iri for one in nanopubs}) == len(nanopubs)


def test_together_they_state_what_the_passages_state(bundled: Dataset, nanopubs: list[Nanopub]) -> None:
    passages = {
        quotation.passage
        for testimony in list_testimonies(bundled.index)
        if testimony.basis == MG.stated
        for quotation in testimony.quotations
    }
    stated = {(*quad.triple, quad.graph_name) for quad in bundled.named if quad.graph_name in passages}
    assert len(stated) > 2000
    assert {(*quad.triple, one.passage) for one in nanopubs for quad in part(one, "assertion")} == stated


def test_each_is_well_formed(nanopubs: list[Nanopub]) -> None:
    """As https://nanopub.net/guidelines/working_draft/ has it."""
    for one in nanopubs:
        graphs = [NamedNode(f"{one.iri.value}#{name}") for name in GRAPHS]
        head, assertion, provenance, publication = graphs
        assert list(dict.fromkeys(quad.graph_name for quad in one.quads)) == graphs
        assert {quad.triple for quad in part(one, "Head")} == {
            Quad(one.iri, RDF.type, NP.Nanopublication, head).triple,
            Quad(one.iri, NP.hasAssertion, assertion, head).triple,
            Quad(one.iri, NP.hasProvenance, provenance, head).triple,
            Quad(one.iri, NP.hasPublicationInfo, publication, head).triple,
        }
        assert Quad(assertion, PROV.wasDerivedFrom, one.passage, provenance) in one.quads
        assert {quad.predicate for quad in part(one, "pubinfo") if quad.subject == one.iri} == {
            DCTERMS.subject,
            DCTERMS.isPartOf,
            DCTERMS.license,
            DCTERMS.created,
            DCAT.version,
            PROV.wasAttributedTo,
        }
        assert not any(isinstance(term, BlankNode) for quad in one.quads for term in quad)


def test_each_iri_holds_the_hash_of_its_own(nanopubs: list[Nanopub]) -> None:
    for one in nanopubs:
        code = code_of(one)
        assert one.iri.value == f"https://w3id.org/migragraph/viet-nam/nanopub/{code}"
        assert compute_code(one.quads, code) == code


def test_the_checker_finds_nothing(bundled: Dataset, nanopubs: list[Nanopub]) -> None:
    """All would take it half a minute: every twentieth, and one for each class of thing."""
    kinds = {kind: one for one in nanopubs for kind in bundled.index[one.thing].get(RDF.type, ())}
    sample = {one.iri: one.quads for one in (*nanopubs[::20], *kinds.values())}
    assert len(kinds) > 30
    assert len(sample) > 60
    assert set(check(sample.items())) == {""}


def test_it_is_known_who_says_it_in_which_words(bundled: Dataset, nanopubs: list[Nanopub]) -> None:
    words: dict[tuple[NamedNode, NamedNode], str] = {}
    speakers: dict[tuple[NamedNode, NamedNode], set[object]] = {}
    for testimony in list_testimonies(bundled.index):
        for quotation in testimony.quotations if testimony.basis == MG.stated else ():
            key = (NamedNode(document_of(testimony.subject)), quotation.passage)
            words[key] = quotation.exact
            makers = bundled.index[key[0]].get(MG.speaker, [None])
            for fact in testimony.facts:
                told = testimony.speaker or (makers[0] if fact.predicate not in FRAME else None)
                speakers.setdefault(key, set()).add(told)
    spoken = 0
    for one in nanopubs:
        key = (one.thing, one.passage)
        speaker = next(iter(speakers[key])) if len(speakers[key]) == 1 else None
        assertion = NamedNode(f"{one.iri.value}#assertion")
        values = {quad.predicate: quad.object for quad in part(one, "provenance") if quad.subject == assertion}
        assert values.pop(PROV.wasDerivedFrom) == one.passage
        assert values == ({PROV.wasAttributedTo: speaker} if speaker else {})
        assert [q.object for q in part(one, "provenance") if q.predicate == OA.exact] == [Literal(words[key])]
        spoken += speaker is not None
    assert spoken > 500


def test_every_statement_names_its_speaker(bundled: Dataset, nanopubs: list[Nanopub]) -> None:
    """In the provenance or the assertion; with the post, the mode of speech, and the reason where it is inferred."""
    inferred = 0
    of_statements = [one for one in nanopubs if MG.speaker in bundled.index[one.thing]]
    assert len(of_statements) > 500
    for one in of_statements:
        triples = {quad.triple for name in GRAPHS for quad in part(one, name)}
        for property_ in (MG.speaker, MG.inPost, MG.speechMode):
            for value in bundled.index[one.thing].get(property_, ()):
                assert Triple(one.thing, property_, value) in triples
                assert property_ == MG.speechMode or any(
                    triple.subject == value and triple.predicate == RDFS.label for triple in triples
                )
        (speaker,) = bundled.index[one.thing][MG.speaker]
        supporters = bundled.support.supporters[Fact(one.thing, MG.speaker, speaker)]
        if all(supporter.basis == MG.inferred for supporter in supporters):
            inferred += 1
            for supporter in supporters:
                assert Triple(supporter.evidence, MG.basis, MG.inferred) in triples
                assert any(triple.subject == supporter.evidence and triple.predicate == MG.reason for triple in triples)
    assert inferred > 50


def test_who_holds_a_post_for_the_time_being(bundled: Dataset, nanopubs: list[Nanopub]) -> None:
    things = "https://w3id.org/migragraph/viet-nam/"
    holding = NamedNode(f"{things}holding/mitsue-pembroke-chief-of-mission-iom-viet-nam")
    pembroke = NamedNode(f"{things}person/mitsue-pembroke")
    told = [
        any(quad.subject == holding and quad.predicate == MG.acting for quad in part(one, "provenance"))
        for one in nanopubs
        if any(quad.predicate == PROV.wasAttributedTo and quad.object == pembroke for quad in one.quads)
    ]
    assert len(told) > 20
    assert set(told) == {True}


def test_a_source_is_described(bundled: Dataset, nanopubs: list[Nanopub]) -> None:
    """So that it can be found from the nanopublication alone; what no source states of it has its evidence there."""
    told = (SCHEMA.publisher, SCHEMA.url, SCHEMA.datePublished, SCHEMA.headline, SCHEMA.translationOfWork, MG.sha256)
    for one in nanopubs:
        triples = {quad.triple for quad in part(one, "provenance")}
        (source,) = {
            triple.object for triple in triples if triple.subject == one.passage and triple.predicate == SOURCE
        }
        assert isinstance(source, NamedNode)
        pages = [
            page for page in bundled.index[source].get(SCHEMA.translationOfWork, ()) if isinstance(page, NamedNode)
        ]
        for node in (source, *pages):
            for fact in (Fact(node, name, value) for name in told for value in bundled.index[node].get(name, ())):
                assert Triple(*fact) in triples
                supporters = bundled.support.supporters.get(fact, ())
                if all(supporter.basis != MG.stated for supporter in supporters):
                    evidence = {Triple(node, MG.evidence, supporter.evidence) for supporter in supporters}
                    assert evidence <= triples
        (publisher,) = bundled.index[source][SCHEMA.publisher]
        assert any(triple.subject == publisher and triple.predicate == RDFS.label for triple in triples)
    urls = {quad.object for one in nanopubs for quad in one.quads if quad.predicate == SCHEMA.url}
    assert len(urls) == 4


def test_provenance_tells_only_what_is_so(bundled: Dataset, nanopubs: list[Nanopub]) -> None:
    known = set(bundled.default)
    for one in nanopubs:
        told = {
            quad.triple for quad in part(one, "provenance") if quad.subject != NamedNode(f"{one.iri.value}#assertion")
        }
        assert told <= known
        targets = {triple.object for triple in told if triple.predicate == OA.hasTarget}
        assert targets == {one.passage}


def test_the_date_is_the_one_that_is_cited(bundled: Dataset, nanopubs: list[Nanopub]) -> None:
    cited = Bibliography(bundled, collect_labels(bundled), "en").graph.date
    assert cited is not None
    assert {quad.object for one in nanopubs for quad in one.quads if quad.predicate == DCTERMS.created} == {cited}


def test_the_graph_names_its_makers_and_its_date(bundled: Dataset, nanopubs: list[Nanopub]) -> None:
    (one, *_) = nanopubs
    values = {(quad.subject, quad.predicate): quad.object for quad in part(one, "pubinfo")}
    catalog = NamedNode("https://w3id.org/migragraph/viet-nam/dataset/migration-profile")
    assert values[one.iri, DCTERMS.isPartOf] == catalog
    assert [values[one.iri, DCTERMS.created]] == bundled.index[catalog][DCTERMS.created]
    assert values[one.iri, DCTERMS.license] == NamedNode(bundled.layout.licence)
    maker = values[one.iri, PROV.wasAttributedTo]
    assert isinstance(maker, NamedNode)
    assert values[maker, FOAF.name] == Literal(bundled.layout.authors[0])


# --- mutations


def change(quads: tuple[Quad, ...], name: str) -> list[Quad]:
    """Change one triple of one graph."""
    changed = list(quads)
    place = next(n for n, quad in enumerate(quads) if str(quad.graph_name).endswith(f"#{name}>"))
    quad = quads[place]
    changed[place] = Quad(quad.subject, quad.predicate, Literal("another"), quad.graph_name)
    return changed


def test_any_change_shows(nanopubs: list[Nanopub]) -> None:
    for one in nanopubs[::100]:
        code = code_of(one)
        mutants = [change(one.quads, name) for name in GRAPHS] + [
            list(one.quads[:n] + one.quads[n + 1 :]) for n in range(9)
        ]
        assert all(compute_code(mutant, code) != code for mutant in mutants)
        assert compute_code(reversed(one.quads), code) == code


def test_the_checker_finds_a_change(nanopubs: list[Nanopub]) -> None:
    (one, *_) = nanopubs
    mutants = [(one.iri, change(one.quads, name)) for name in GRAPHS[1:]]
    empty = [(one.iri, [quad for quad in one.quads if quad not in part(one, name)]) for name in GRAPHS]
    verdicts = check([*mutants, *empty, (one.iri, one.quads)])
    assert [bool(verdict) for verdict in verdicts] == [True] * 7 + [False]
    assert "Trusty artefact" in verdicts[0]


# --- hashes

LAWS = (Path(__file__).parent / "project" / "data" / "laws.ttl").read_text("utf-8")
HARD = (
    *(Literal(text) for text in ("", "a", "a\nb", "a\\nb", "\\", "\r\t", "é", "e\u0301", "😀", "\uffee", " a ")),
    Literal("a", language="en"),
    Literal("a", language="vi"),
    Literal("b", language="en-gb"),
    *(Literal(text, datatype=XSD.integer) for text in ("1", "01", "a")),
    Literal("a", datatype=XSD.decimal),
    Literal("a", datatype=NamedNode("https://e.org/z")),
    NamedNode("https://e.org/é"),
    NamedNode("https://e.org/a"),
)


def test_hard_values_are_hashed_as_the_checker_does(write_project: ProjectWriter) -> None:
    """Every value that sorts or is written in a way of its own, all in one nanopublication."""
    values = " , ".join(map(str, HARD))
    text = LAWS.replace('mg:date "2020"^^xsd:gYear', f"mg:date {values}")
    text = text.replace("mg:property mg:status, mg:date ;", f"mg:property mg:date ; mg:value {values} ;", 1)
    (one,) = list_nanopubs(build(write_project({"laws.ttl": text})))
    assert len(part(one, "assertion")) == len(HARD) + 1
    assert check([(one.iri, one.quads)]) == [""]


def test_a_code_has_its_form() -> None:
    quad = Quad(NamedNode("https://e.org/s"), RDF.type, MG.Law, NamedNode(f"https://e.org/{BLANK_CODE}"))
    code = compute_code([quad])
    assert len(code) == len(BLANK_CODE) == 45
    assert code[:2] == BLANK_CODE[:2] == "RA"
    assert code == compute_code([quad, quad])


# --- other projects


def test_a_project_without_a_description_of_itself(dataset: Dataset) -> None:
    nanopubs = list_nanopubs(dataset)
    assert len(nanopubs) == 8
    for one in nanopubs:
        values = {quad.predicate: quad.object for quad in part(one, "pubinfo") if quad.subject == one.iri}
        assert DCTERMS.created not in values
        assert values[DCTERMS.isPartOf] == NamedNode("https://example.org/town/")
    assert set(check((one.iri, one.quads) for one in nanopubs)) == {""}


def test_a_nested_node_comes_with_its_thing(dataset: Dataset) -> None:
    (one,) = (one for one in list_nanopubs(dataset) if one.thing.value.endswith("law/market"))
    predicates = Counter(quad.predicate for quad in part(one, "assertion"))
    assert predicates == {MG.state: 1, MG.status: 1, MG.date: 1}
    (link,) = (quad for quad in part(one, "assertion") if quad.predicate == MG.state)
    assert isinstance(link.object, NamedNode)
    assert Quad(link.object, MG.date, Literal("2020", datatype=XSD.gYear), link.graph_name) in one.quads


def test_several_speakers_of_one_passage(write_project: ProjectWriter) -> None:
    """The assertion is nobody's then: the evidence says which fact is whose."""
    words = LAWS[LAWS.index("oa:hasTarget") : LAWS.index("] ] ] ] ,")] + "] ]"
    other = f"mg:property rdfs:label ; mg:basis mg:stated ; mg:speaker <https://e.org/x> ; {words}"
    text = LAWS.replace("a mg:Law ;", f"a mg:Law ; mg:evidence [ a mg:Evidence ; {other} ] ;")
    dataset = build(write_project({"laws.ttl": text}))
    (one,) = list_nanopubs(dataset)
    predicates = {quad.predicate for quad in part(one, "provenance")}
    assert MG.speaker in predicates
    assert PROV.wasAttributedTo not in predicates


def test_a_licence_that_is_no_iri(project_copy: Path) -> None:
    path = project_copy / "migragraph.toml"
    licence = load_layout(project_copy).licence
    path.write_text(path.read_text("utf-8").replace(licence, "public domain"), encoding="utf-8")
    (one, *_) = list_nanopubs(build(load_layout(project_copy)))
    assert [q.object for q in one.quads if q.predicate == DCTERMS.license] == [Literal("public domain")]


# --- the file


def test_the_file_reads_back(bundled: Dataset, nanopubs: list[Nanopub]) -> None:
    ((name, data),) = render_nanopubs(bundled).items()
    assert name == "nanopubs.trig"
    assert b"@prefix np: <http://www.nanopub.org/nschema#> .\n" in data
    assert set(parse(data, format=RdfFormat.TRIG)) == {quad for one in nanopubs for quad in one.quads}


def test_a_prefix_of_the_project_is_kept(project_copy: Path) -> None:
    path = project_copy / "migragraph.toml"
    path.write_text(path.read_text("utf-8").replace("law =", "np ="), encoding="utf-8")
    (data,) = render_nanopubs(build(load_layout(project_copy))).values()
    assert b"@prefix np: <https://example.org/town/law/> .\n" in data
    assert b"<http://www.nanopub.org/nschema#Nanopublication>" in data


NANOPUBS = """
import hashlib
from migragraph.dataset import build
from migragraph.layout import bundled_root, load_layout
from migragraph.nanopubs import render_nanopubs
for name, data in render_nanopubs(build(load_layout(bundled_root()))).items():
    print(name, hashlib.sha256(data).hexdigest())
"""


def test_nanopubs_are_identical_from_run_to_run(bundled: Dataset) -> None:
    here = "".join(f"{name} {hashlib.sha256(data).hexdigest()}\n" for name, data in render_nanopubs(bundled).items())
    command = [sys.executable, "-c", NANOPUBS]
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    there = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    assert there == here


def test_the_order_of_statements_in_a_file_does_not_matter(project_copy: Path, dataset: Dataset) -> None:
    path = project_copy / "data" / "events.ttl"
    head, *blocks = path.read_text("utf-8").split("\n\n")
    path.write_text("\n\n".join([head, *reversed(blocks)]) + "\n", encoding="utf-8")
    assert render_nanopubs(build(load_layout(project_copy))) == render_nanopubs(dataset)


def test_the_command(call: Call, project_copy: Path, tmp_path: Path) -> None:
    code, out, err = call("export", "nanopubs", "--project", project_copy)
    assert (code, err) == (0, "")
    assert len({quad.graph_name for quad in parse(out, format=RdfFormat.TRIG)}) == 4 * 8
    path = tmp_path / "out" / "nanopubs.trig"
    assert call("export", "nanopubs", "--project", project_copy, "-o", path.parent) == (0, f"{path}\n", "")
    assert path.read_text("utf-8") == out
    assert call("export", "nanopubs", "--project", project_copy, "--stated-only") == (0, out, "")
