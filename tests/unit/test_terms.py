"""Terms: what is declared may be used, as what it is declared; everything else is found, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from migragraph.layout import Layout, load_layout
from migragraph.reading import ParsedFile, read_quads
from migragraph.report import Finding
from migragraph.terms import check_terms
from migragraph.uses import read_query_uses, read_uses

BASE = "https://example.org/"
THING = f"{BASE}town/"
VOCABULARY = "vocabulary with a version (rdfs:isDefinedBy, owl:versionInfo)"
IN_TOML = " in migragraph.toml."
ORG_IRI = "<http://www.w3.org/ns/org#>"
ORG = ORG_IRI + IN_TOML
PREFIX_X = f"The prefix x: is not declared{IN_TOML}"
DESCRIPTION = f"""
title = "A town"
base = "{BASE}"
key = "town"
version = "1"
licence = "https://example.org/licence"
[prefixes]
my = "{BASE}ontology#"
kind = "{BASE}scheme/kind/"
shape = "{BASE}shapes#"
law = "{THING}law/"
org = "http://www.w3.org/ns/org#"
owl = "http://www.w3.org/2002/07/owl#"
rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
rdfs = "http://www.w3.org/2000/01/rdf-schema#"
sh = "http://www.w3.org/ns/shacl#"
skos = "http://www.w3.org/2004/02/skos/core#"
xsd = "http://www.w3.org/2001/XMLSchema#"
"""
PREFIXES = {
    "my": f"{BASE}ontology#",
    "kind": f"{BASE}scheme/kind/",
    "shape": f"{BASE}shapes#",
    "law": f"{THING}law/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
LINES = HEAD.count("\n")
PROPERTIES = [
    "rdf:type", "rdf:first", "rdf:rest", "rdfs:label", "rdfs:isDefinedBy", "rdfs:subClassOf", "rdfs:range",
    "owl:versionInfo", "owl:unionOf", "org:unitOf", "sh:path", "sh:property", "sh:class", "sh:targetClass",
    "sh:datatype", "sh:inversePath", "sh:alternativePath", "sh:sparql", "sh:select", "sh:node", "sh:declare",
    "sh:prefix", "sh:namespace", "sh:hasValue", "sh:minCount",
]  # fmt: skip
CLASSES = [
    "rdf:Property", "rdfs:Class", "rdfs:Datatype", "owl:Class", "owl:ObjectProperty", "owl:Ontology", "skos:Concept",
    "org:Organization", "sh:NodeShape", "xsd:date", "xsd:integer", "rdf:nil",
]  # fmt: skip
LISTED = dict.fromkeys(PROPERTIES, "rdf:Property") | dict.fromkeys(CLASSES, "rdfs:Class")
REUSED = "".join(
    f"{name} a {kind} ; rdfs:label '{name}' ; rdfs:isDefinedBy <https://v.org/> .\n" for name, kind in LISTED.items()
)
VERSION = "<https://v.org/> a owl:Ontology ; owl:versionInfo '1' .\n"
OWN = (
    "my:Law a owl:Class . my:cites a owl:ObjectProperty . kind:decree a skos:Concept . kind:decrees a skos:Concept .\n"
)


class Town:
    """A project in a folder, one file to each part, and what the check finds in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "migragraph.toml").write_text(DESCRIPTION)
        for name in ("ontology", "data", "shapes", "queries"):
            (root / name).mkdir()
        self.write("ontology/reused.ttl", REUSED + VERSION)
        self.write("ontology/town.ttl", OWN)

    @property
    def layout(self) -> Layout:
        return load_layout(self.root)

    def write(self, name: str, text: str, head: str = HEAD) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(head + text, encoding="utf-8")

    def find(self, *, build: bool = True) -> list[Finding]:
        parts = {part: self.layout.files(part) for part in ("ontology", "data", "shapes")}
        files = {part: [read_quads(path) for path in paths] for part, paths in parts.items()}
        subjects = {str(quad.subject)[1:-1] for file in files["data"] for quad in file.quads}
        return check_terms(self.layout, files, subjects if build else None)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def say(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.message) for finding in findings]


def test_a_project_whose_terms_are_all_declared_gives_no_finding(town: Town) -> None:
    facts = "my:cites law:b ; org:unitOf kind:decree ; rdfs:label 'x'@en, '1'^^xsd:date, 1"
    town.write("data/a.ttl", f"law:a a my:Law ; {facts} .")
    town.write("data/b.ttl", "law:b a my:Law .")
    town.write("shapes/Law.ttl", "shape:Law a sh:NodeShape ; sh:targetClass my:Law ; sh:property shape:Law-cites .")
    town.write("shapes/More.ttl", "shape:Law-cites sh:path ( my:cites [ sh:inversePath my:cites ] ) .")
    query = "#+ summary: my:none\nSELECT ?x { ?x a my:Law ; my:cites law:b . FILTER(?x != law:a) }"
    town.write("queries/a.rq", query, "")
    assert town.find() == []


@pytest.mark.parametrize(
    ("text", "term", "place"),
    [
        ("law:a my:citez 1 .", "my:citez", (1, 7)),
        ("law:a a my:Lav .", "my:Lav", (1, 9)),
        ("law:a my:cites kind:decre .", "kind:decre", (1, 16)),
        ("kind:none my:cites 1 .", "kind:none", (1, 1)),
        ("law:a my:cites <https://example.org/ontology#x> .", "my:x", (1, 16)),
        ("law:a my:cites [ org:unitof 1 ] .", "org:unitof", (1, 18)),
        ("law:a my:cites org:Organisation .", "org:Organisation", (1, 16)),
        ("law:a <https://elsewhere.org/p> 1 .", "<https://elsewhere.org/p>", (1, 7)),
        ("law:a a <https://elsewhere.org/C> .", "<https://elsewhere.org/C>", (1, 9)),
        ("law:a my:cites '1'^^xsd:dat .", "xsd:dat", (1, 21)),
        ("law:a my:cites '1'^^<https://elsewhere.org/d> .", "<https://elsewhere.org/d>", (1, 21)),
    ],
)  # fmt: skip
def test_an_undeclared_term_is_found_where_it_stands(town: Town, text: str, term: str, place: tuple[int, int]) -> None:
    town.write("data/a.ttl", text)
    (finding,) = town.find()
    assert (finding.kind, finding.rule, finding.message) == ("terms", "undeclared-term", f"{term} is not declared.")
    assert finding.file == town.root / "data" / "a.ttl"
    assert (finding.line, finding.column) == (LINES + place[0], place[1])


@pytest.mark.parametrize(
    "text",
    [
        "law:a my:cites <https://elsewhere.org/x>, <http://www.w3.org/ns/other#x> .",
        "<https://x.org/a> my:cites 'x', 'y'@vi .",
    ],
)
def test_what_others_name_outside_the_vocabularies_is_theirs(town: Town, text: str) -> None:
    town.write("data/a.ttl", text)
    assert town.find() == []


@pytest.mark.parametrize(
    ("term", "advice"),
    [
        ("my:citez", "Is my:cites meant? Correct it, or declare it in the ontology."),
        ("kind:decrez", "Is kind:decree meant? Correct it, or declare it in the ontology."),
        ("org:unitOff", "Is org:unitOf meant? Correct it, or declare it in reused.ttl of the ontology."),
        ("my:Organization", "Is org:Organization meant? Correct it, or declare it in the ontology."),
        ("my:somethingElse", "Correct it, or declare it in the ontology."),
    ],
)  # fmt: skip
def test_the_advice_names_the_term_that_is_likely_meant(town: Town, term: str, advice: str) -> None:
    town.write("data/a.ttl", f"law:a {term} 1 .")
    assert [finding.advice for finding in town.find()] == [advice]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("law:a my:Law 1 .", "my:Law is used as a property, and is not declared as one."),
        ("law:a a my:cites .", "my:cites is used as a class, and is not declared as one."),
        ("law:a a kind:decree .", "kind:decree is used as a class, and is not declared as one."),
        ("law:a my:cites '1'^^org:unitOf .", "org:unitOf is used as a class, and is not declared as one."),
    ],
)
def test_a_term_is_used_as_what_it_is_declared(town: Town, text: str, message: str) -> None:
    town.write("data/a.ttl", text)
    assert say(town.find()) == [("misused-term", message)]


@pytest.mark.parametrize(
    "text",
    [
        "sh:path my:none",
        "sh:path [ sh:inversePath my:none ]",
        "sh:path ( my:cites my:none )",
        "sh:path [ sh:alternativePath ( my:cites [ sh:inversePath ( my:cites my:none ) ] ) ]",
        "sh:class my:none",
        "sh:targetClass my:none",
        "sh:datatype my:none",
        "sh:hasValue my:none",
        "sh:sparql [ sh:select '''SELECT $this { $this my:none ?o }''' ]",
    ],
)
def test_the_terms_of_shapes_are_checked_wherever_they_stand(town: Town, text: str) -> None:
    town.write("shapes/a.ttl", f"shape:A {text} .")
    (finding,) = town.find()
    assert finding.message == "my:none is not declared."
    assert (finding.line, finding.column) == (LINES + 1, f"shape:A {text}".index("my:none") + 1)


def test_a_misspelt_shacl_term_or_shape_is_found(town: Town) -> None:
    town.write("shapes/a.ttl", "shape:A sh:node shape:B ; sh:minCuont 1 . shape:C sh:minCount 1 .")
    assert say(town.find()) == [
        ("undeclared-term", "shape:B is not declared."),
        ("undeclared-term", "sh:minCuont is not declared."),
    ]


@pytest.mark.parametrize("text", ["rdfs:subClassOf org:Unit", "rdfs:range [ owl:unionOf ( my:Law org:Unit ) ]"])
def test_the_terms_of_the_ontology_are_checked(town: Town, text: str) -> None:
    town.write("ontology/more.ttl", f"my:Law {text} .")
    assert say(town.find()) == [("undeclared-term", "org:Unit is not declared.")]


def test_an_alignment_declares_nothing_and_is_checked(town: Town) -> None:
    town.write("ontology/alignments/org.ttl", "org:Unit a owl:Class . my:Law rdfs:subClassOf org:Unit .")
    assert say(town.find()) == [("undeclared-term", "org:Unit is not declared.")]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?x {\n ?x my:citez ?y }", [("my:citez is not declared.", 2, 5)]),
        ("SELECT ?x { ?x a/my:cites* <https://example.org/ontology#no> }", [("my:no is not declared.", 1, 28)]),
        ("SELECT ?x { ?x no:where 1 }", [("<no:where> is not declared.", 1, 16)]),
        ("PREFIX org: <http://www.w3.org/ns/org#> ASK { ?x org:unitoff 1 }", [("org:unitoff is not declared.", 1, 50)]),
        (
            "PREFIX x: <https://x.org/>\nASK { ?x x:y 1 }",
            [(PREFIX_X, 1, 8), ("<https://x.org/y> is not declared.", 2, 10)],
        ),
        ("SELECT ?x { ?x my:cites law:none }", [("law:none is described nowhere.", 1, 25)]),
        ("SELECT ?x { ?x my:cites 'my:none' # my:none\n}", []),
        ("SELECT ?x { ?x my:cites <https://elsewhere.org/x> FILTER(?x<5&&?x>3) }", []),
    ],
)
def test_the_terms_of_queries_are_checked(town: Town, query: str, said: list[tuple[str, int, int]]) -> None:
    town.write("data/a.ttl", "law:a a my:Law .")
    town.write("queries/q.rq", query, "")
    found = [(finding.message, finding.line, finding.column) for finding in town.find()]
    assert found == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("law:a my:cites law:none .", ["law:none is described nowhere."]),
        ("law:a my:cites law:a .", []),
        (f"law:a my:cites <{THING}law/a#state-1> .", [f"<{THING}law/a#state-1> is described nowhere."]),
    ],
)
def test_a_thing_that_is_named_is_described(town: Town, text: str, said: list[str]) -> None:
    town.write("data/a.ttl", text)
    assert [finding.message for finding in town.find()] == said
    assert town.find(build=False) == []


def test_a_reference_that_leads_nowhere_has_its_place_and_the_thing_that_is_likely_meant(town: Town) -> None:
    town.write("data/a.ttl", "law:market a my:Law .\nlaw:other my:cites law:markt .")
    (finding,) = town.find()
    assert (finding.rule, finding.line, finding.column) == ("dangling-reference", LINES + 2, 20)
    assert finding.advice == "Is law:market meant? Correct the reference, or describe the thing."


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ("rdfs:label 'x' ; rdfs:isDefinedBy <https://v.org/>", "type (rdf:type)"),
        ("a owl:Class ; rdfs:isDefinedBy <https://v.org/>", "label (rdfs:label)"),
        ("a owl:Class ; rdfs:label 'x'", VOCABULARY),
        (
            "a owl:Class ; rdfs:label 'x' ; rdfs:isDefinedBy <https://w.org/>",
            VOCABULARY,
        ),
    ],
)
def test_a_reused_term_is_listed_with_all_that_it_needs(town: Town, facts: str, missing: str) -> None:
    town.write("ontology/reused.ttl", f"{REUSED}{VERSION}org:Unit {facts} .")
    found = [finding for finding in town.find() if finding.rule == "reused-term"]
    assert [finding.message for finding in found] == [f"org:Unit has no {missing}."]
    assert found[0].line == LINES + REUSED.count("\n") + 2


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("@prefix org: <https://x.org/> .", f"The prefix org: means <https://x.org/> here, and {ORG}", (1, 9)),
        ("\nPREFIX o: <http://www.w3.org/ns/org#>", f"{ORG_IRI} has the prefix o: here, and org:{IN_TOML}", (2, 8)),
        ("@prefix x: <https://x.org/> .", PREFIX_X, (1, 9)),
    ],
)
@pytest.mark.parametrize("name", ["data/a.ttl", "ontology/a.ttl", "shapes/a.ttl", "queries/a.rq"])
def test_one_prefix_means_one_iri(town: Town, name: str, text: str, message: str, place: tuple[int, int]) -> None:
    if name.endswith(".rq"):
        text = text.replace("@prefix", " PREFIX").removesuffix(".")
    town.write(name, text, "")
    (finding,) = town.find()
    assert (finding.rule, finding.message) == ("prefix", message)
    assert (finding.file, finding.line, finding.column) == (town.root / name, *place)
    assert finding.advice


def test_the_prefixes_that_shapes_declare_for_their_queries_are_checked(town: Town) -> None:
    town.write("shapes/a.ttl", "shape:A sh:declare [ sh:prefix 'my' ; sh:namespace 'https://x.org/' ] ;"
               " sh:declare [ sh:prefix 'org' ; sh:namespace 'http://www.w3.org/ns/org#'^^xsd:anyURI ] .")  # fmt: skip
    rules = [finding.rule for finding in town.find()]
    assert rules == ["prefix", "undeclared-term"]


def test_a_query_that_is_not_utf_8_is_a_finding(town: Town) -> None:
    (town.root / "queries" / "a.rq").write_bytes(b"SELECT *\n { \xff }")
    (finding,) = town.find()
    assert (finding.kind, finding.rule, finding.line, finding.column) == ("terms", "query-text", 2, 4)


def test_one_term_is_found_once_in_each_file(town: Town) -> None:
    for name in ("a", "b"):
        town.write(f"data/{name}.ttl", f"law:{name} my:no 1 .\nlaw:{name} my:no 2 .")
    assert [(finding.file, finding.line) for finding in town.find()] == [
        (town.root / "data" / "a.ttl", LINES + 1),
        (town.root / "data" / "b.ttl", LINES + 1),
    ]


def test_uses_tell_roles_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.trig"
    path.write_text(f"{HEAD}law:g {{ law:a a my:Law ; rdfs:subClassOf ( my:A ) ; my:cites law:b, '1'^^xsd:date, 'x' }}")
    roles = {(use.iri.split("/")[-1].split("#")[-1], use.role) for use in read_uses(read_quads(path), PREFIXES)}
    assert {("g", "term"), ("a", "term"), ("type", "property"), ("Law", "class"), ("A", "class")} <= roles
    assert {("b", "object"), ("date", "class")} <= roles
    assert not any(name in {"string", "langString"} for name, _ in roles)


def test_a_circular_list_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"{HEAD}shape:A sh:path _:l . _:l rdf:first my:p ; rdf:rest _:l .")
    parsed: ParsedFile = read_quads(path)
    assert (f"{BASE}ontology#p", "property") in set(read_uses(parsed, PREFIXES))


def test_the_uses_of_a_query_are_its_terms() -> None:
    text = "PREFIX x: <https://x.org/> SELECT ?a { ?a x:b my:c ; a <https://x.org/d> }"
    assert [use.iri for use in read_query_uses(text, PREFIXES)] == [
        "https://x.org/b",
        f"{BASE}ontology#c",
        PREFIXES["rdf"] + "type",
        "https://x.org/d",
    ]
