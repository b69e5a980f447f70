"""Random small graphs and random shapes, over every component and every form of a path."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from migragraph.namespaces import RDF, RDFS, SH, XSD
from migragraph.shacl.shapes import Resource, Term

__all__ = ["EX", "LITERALS", "PARTS", "Graph", "draw_graphs"]

EX = "https://example.org/"
Graph = list[Triple]


def name(text: str) -> NamedNode:
    return NamedNode(EX + text)


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=XSD[datatype])


NODES = [name(letter) for letter in "abcd"] + [BlankNode(f"n{number}") for number in range(2)]
SUBJECTS: list[Resource] = [name("a"), BlankNode("n0")]
CLASSES = [name("C"), name("D"), name("E")]
PREDICATES = [name("p"), name("q"), name("r")]
NUMBERS: list[Term] = [
    typed("1", "integer"), typed("01", "integer"), typed("2", "integer"), typed("-3", "byte"), typed("1.0", "decimal"),
    typed("1.5", "decimal"), typed("2.0E0", "double"), typed("INF", "double"), typed("1.5", "float"),
]  # fmt: skip
TEXTS = [Literal("a"), Literal("ab"), Literal("Abc"), Literal(""), Literal("2"), Literal("a\nb")]
TAGGED: list[Term] = [
    Literal(text, language=tag) for text, tag in (("a", "en"), ("b", "en"), ("a", "en-gb"), ("a", "vi"))
]
MOMENTS = [
    typed("2020-01-01", "date"), typed("2020-02-01", "date"), typed("2020-01-01T00:00:00", "dateTime"),
    typed("2020-01-02T10:00:00", "dateTime"), typed("2020", "gYear"), typed("2021", "gYear"),
]  # fmt: skip
ZONED = [
    typed("2020-01-01T00:00:00Z", "dateTime"), typed("2020-01-01T10:00:00+10:00", "dateTime"),
    typed("2020-01-01T24:00:00", "dateTime"), typed("2020-01-01Z", "date"), typed("NaN", "double"),
]  # fmt: skip
ILL_TYPED = [typed("x", "integer"), typed("300", "byte"), typed("2020-13-01", "date"), typed("yes", "boolean")]
OTHERS = [typed("true", "boolean"), typed("1", "boolean"), typed("false", "boolean"), typed("x", "anyURI")]
LITERALS = [*NUMBERS, *TEXTS, *TAGGED, *MOMENTS, *ZONED, *ILL_TYPED, *OTHERS]
DATATYPES = [XSD[kind] for kind in ("integer", "byte", "string", "decimal", "date", "dateTime", "boolean", "gYear")]
PATTERNS = ["^a", "b$", "^[A-Z]", "a|2", "^$", "^.{1,2}$", "example"]
KINDS = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]

# pyshacl orders what SPARQL does not (a date and a number, two tagged strings), so what is compared is drawn from a
# pool in which all is plain; what is not compared, from all.
POOLS: dict[bool, list[Term]] = {False: list(LITERALS), True: [*NUMBERS, *TEXTS]}
ORDERING = {
    "lessThan", "lessThanOrEquals", "minInclusive", "minExclusive", "maxInclusive", "maxExclusive",
}  # fmt: skip
LENGTHS = st.sampled_from([typed(str(number), "integer") for number in (1, 30, 2, 21, 0)])
TAGS = {"uniqueLang", "languageIn"}
COUNTS = st.integers(0, 3).map(lambda number: typed(str(number), "integer"))


@st.composite
def draw_graphs(draw: st.DrawFn, part: str, form: str = "") -> tuple[Graph, Graph]:
    """Draw data and shapes; whether values are compared decides of what kinds they are.

    The first shape has a certain part, and where it has a path one of a certain form. Few different literals stand in
    one graph, so that they meet.
    """
    ordered = part in ORDERING or (part not in TAGS and draw(st.booleans()))
    pools = [TAGGED] if part in TAGS else [POOLS[ordered], NUMBERS if ordered else TAGGED]
    pool: list[Term] = draw(st.sampled_from(pools))
    literals = draw(st.lists(st.sampled_from(pool), min_size=2, max_size=5, unique_by=str))
    literals += TAGGED[:2] * (6 if part in TAGS else 2) if pool is TAGGED else []
    data = draw(draw_data(literals))
    if part == "uniqueLang" and draw(st.booleans()):
        data += [Triple(node, predicate, text) for node in SUBJECTS for predicate in PREDICATES for text in TAGGED[:2]]
    return data, draw(draw_shapes(literals, ordered, part, form))


@st.composite
def draw_data(draw: st.DrawFn, literals: list[Term]) -> Graph:
    """Draw up to twenty triples, with a small tree of classes."""
    values = st.sampled_from([*NODES[:2], *NODES[-2:], *CLASSES[:1], *literals, *literals])
    plain = st.builds(Triple, st.sampled_from(SUBJECTS), st.sampled_from(PREDICATES), values)
    types = st.builds(Triple, st.sampled_from(SUBJECTS), st.just(RDF["type"]), st.sampled_from(CLASSES))
    classes = st.builds(Triple, st.sampled_from(CLASSES), st.just(RDFS["subClassOf"]), st.sampled_from(CLASSES))
    parts = ((plain, 16), (types, 3), (classes, 2))
    return [triple for part, most in parts for triple in draw(st.lists(part, min_size=most // 2, max_size=most))]


class Drawing:
    """Draw shapes one after the other, and collect their triples."""

    def __init__(self, draw: st.DrawFn, literals: list[Term], ordered: bool) -> None:
        self.draw = draw
        self.literals = literals
        self.terms = st.sampled_from([*NODES, *NODES, *CLASSES[:1], *self.literals])
        self.barred = set() if ordered else ORDERING
        self.triples: Graph = []
        self.numbers = count()

    def state(self, subject: Resource, predicate: NamedNode, value: Term) -> None:
        self.triples.append(Triple(subject, predicate, value))

    def fresh(self) -> BlankNode:
        return BlankNode(f"s{next(self.numbers)}")

    def list(self, members: list[Term]) -> Resource:
        cells: list[Resource] = [*(self.fresh() for _ in members), RDF["nil"]]
        for cell, rest, member in zip(cells, cells[1:], members, strict=False):
            self.state(cell, RDF["first"], member)
            self.state(cell, RDF["rest"], rest)
        return cells[0]

    def path(self, depth: int = 2, form: str = "") -> Resource:
        form = form or self.draw(st.sampled_from("......^/|*+?" if depth else "."))
        if form == ".":
            return self.draw(st.sampled_from([*PREDICATES, RDF["type"]]))
        if form == "/":
            return self.list([self.path(depth - 1), self.path(depth - 1)])
        node = self.fresh()
        if form == "|":
            self.state(node, SH["alternativePath"], self.list([self.path(depth - 1), self.path(depth - 1)]))
        else:
            self.state(node, SH[FORMS[form]], self.path(depth - 1))
        return node

    def shape(self, depth: int, *, is_property: bool | None = None, node: Resource | None = None) -> Resource:
        node = node or self.fresh()
        if is_property is None:
            is_property = self.draw(st.booleans())
        if is_property:
            self.state(node, SH["path"], self.path())
        self.describe(node)
        allowed = [
            part
            for part in PARTS
            if part not in self.barred and (depth or part not in NESTED) and (is_property or part not in ON_PATHS)
        ]
        # What is rarely violated is asked for more often.
        allowed += [part for part in RARE if is_property and part not in self.barred]
        for part in self.draw(st.lists(st.sampled_from(allowed), min_size=1, max_size=3, unique=True)):
            PARTS[part](self, node, depth)
        return node

    def describe(self, node: Resource) -> None:
        extra = self.draw(st.sampled_from([None] * 8 + ["deactivated", "severity", "message"]))
        values: dict[str, Term] = {
            "deactivated": typed("true", "boolean"),
            "severity": SH["Info"],
            "message": Literal("No.", language="en"),
        }
        if extra:
            self.state(node, SH[extra], values[extra])

    def target(self, node: Resource) -> None:
        kind = self.draw(
            st.sampled_from(["targetNode", "targetClass", "targetSubjectsOf", "targetSubjectsOf", "targetObjectsOf"])
        )
        predicates: st.SearchStrategy[Term] = st.sampled_from([*PREDICATES, RDF["type"]])
        places: dict[str, st.SearchStrategy[Term]] = {
            "targetNode": st.sampled_from([*SUBJECTS[:1] * 6, *NODES[1:3], *self.literals[:2]]),
            "targetClass": st.sampled_from(CLASSES),
        }
        self.state(node, SH[kind], self.draw(places.get(kind, predicates)))


FORMS = {"^": "inversePath", "*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}
Part = Callable[[Drawing, Resource, int], None]


def plain(parameter: str, values: st.SearchStrategy[Term]) -> Part:
    return lambda drawing, node, _: drawing.state(node, SH[parameter], drawing.draw(values))


def nested(parameter: str, *, is_property: bool | None = None) -> Part:
    def part(drawing: Drawing, node: Resource, depth: int) -> None:
        drawing.state(node, SH[parameter], drawing.shape(depth - 1, is_property=is_property))

    return part


def listed(parameter: str) -> Part:
    def part(drawing: Drawing, node: Resource, depth: int) -> None:
        shapes: list[Term] = [drawing.shape(depth - 1) for _ in range(drawing.draw(st.integers(1, 2)))]
        drawing.state(node, SH[parameter], drawing.list(shapes))

    return part


def qualified(drawing: Drawing, node: Resource, depth: int) -> None:
    drawing.state(node, SH["qualifiedValueShape"], drawing.shape(depth - 1))
    for bound in drawing.draw(st.lists(st.sampled_from(["Min", "Max"]), min_size=1, max_size=2, unique=True)):
        drawing.state(node, SH[f"qualified{bound}Count"], drawing.draw(COUNTS))
    if drawing.draw(st.booleans()):
        drawing.state(node, SH["qualifiedValueShapesDisjoint"], typed("true", "boolean"))


def siblings(drawing: Drawing, node: Resource, depth: int) -> None:
    """Give a shape two qualified parts on one path, which look at each other."""
    path = drawing.draw(st.sampled_from(PREDICATES))
    for _ in range(2):
        part = drawing.fresh()
        drawing.state(node, SH["property"], part)
        drawing.state(part, SH["path"], path)
        qualified(drawing, part, depth)


def closed(drawing: Drawing, node: Resource, _: int) -> None:
    drawing.state(node, SH["closed"], typed("true", "boolean"))
    ignored: list[Term] = drawing.draw(st.lists(st.sampled_from([*PREDICATES, RDF["type"]]), max_size=2, unique=True))
    drawing.state(node, SH["ignoredProperties"], drawing.list(ignored))


def pattern(drawing: Drawing, node: Resource, _: int) -> None:
    drawing.state(node, SH["pattern"], Literal(drawing.draw(st.sampled_from(PATTERNS))))
    if drawing.draw(st.booleans()):
        drawing.state(node, SH["flags"], Literal("i"))


def members(drawing: Drawing, node: Resource, _: int) -> None:
    drawing.state(node, SH["in"], drawing.list(drawing.draw(st.lists(drawing.terms, max_size=4))))


def member(drawing: Drawing, node: Resource, _: int) -> None:
    drawing.state(node, SH["hasValue"], drawing.draw(drawing.terms))


def bound(parameter: str, easy: str) -> Part:
    """Draw a bound among the values, or one that all numbers are within."""
    bounds = [typed(easy, "integer")] * 3
    return lambda drawing, node, _: drawing.state(
        node, SH[parameter], drawing.draw(st.sampled_from([*drawing.literals, *bounds]))
    )


def negated(drawing: Drawing, node: Resource, depth: int) -> None:
    """Draw any shape, or one that many nodes conform to."""
    if drawing.draw(st.booleans()):
        drawing.state(node, SH["not"], drawing.shape(depth - 1))
        return
    easy = drawing.fresh()
    drawing.state(node, SH["not"], easy)
    drawing.state(easy, SH["nodeKind"], drawing.draw(st.sampled_from([SH[kind] for kind in KINDS[3:]])))


def languages(drawing: Drawing, node: Resource, _: int) -> None:
    tags: list[Term] = [
        Literal(tag) for tag in drawing.draw(st.lists(st.sampled_from(["en", "vi", "en-GB"]), min_size=1))
    ]
    drawing.state(node, SH["languageIn"], drawing.list(tags))


PARTS: dict[str, Part] = {
    "class": plain("class", st.sampled_from(CLASSES)),
    "datatype": plain("datatype", st.sampled_from(DATATYPES)),
    "nodeKind": plain("nodeKind", st.sampled_from([SH[kind] for kind in KINDS])),
    "minCount": plain("minCount", COUNTS),
    "maxCount": plain("maxCount", COUNTS),
    **{
        f"{side}{kind}": bound(f"{side}{kind}", easy)
        for side, easy in (("min", "-99"), ("max", "99"))
        for kind in ("Inclusive", "Exclusive")
    },
    "minLength": plain("minLength", LENGTHS),
    "maxLength": plain("maxLength", LENGTHS),
    "pattern": pattern,
    "languageIn": languages,
    "uniqueLang": plain("uniqueLang", st.just(typed("true", "boolean"))),
    **{
        parameter: plain(parameter, st.sampled_from(PREDICATES))
        for parameter in ("equals", "disjoint", "lessThan", "lessThanOrEquals")
    },
    "not": negated,
    "and": listed("and"),
    "or": listed("or"),
    "xone": listed("xone"),
    "node": nested("node", is_property=False),
    "property": nested("property", is_property=True),
    "qualified": qualified,
    "siblings": siblings,
    "closed": closed,
    "hasValue": member,
    "in": members,
}
RARE = ["uniqueLang"] * 12 + ["maxCount"] * 3 + ["lessThan", "lessThanOrEquals"] * 4
NESTED = {"not", "and", "or", "xone", "node", "property", "qualified", "siblings"}
ON_PATHS = {"minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"}


@st.composite
def draw_shapes(draw: st.DrawFn, literals: list[Term], ordered: bool, part: str, form: str) -> Graph:
    """Draw one or two shapes with targets, of which the first has a certain part and path."""
    drawing = Drawing(draw, literals, ordered)
    for number in range(draw(st.integers(1, 2))):
        node: Resource = name(f"Shape{number}")
        if number:
            drawing.shape(2, node=node)
        else:
            drawing.state(node, SH["path"], drawing.path(form=form))
            PARTS[part](drawing, node, 2)
        for _ in range(draw(st.integers(1, 2))):
            drawing.target(node)
    return drawing.triples
