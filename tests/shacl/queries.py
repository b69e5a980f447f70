"""Random queries in the fragment that runs for all focus nodes at once, and random data for them."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from migragraph.namespaces import XSD
from migragraph.shacl.shapes import Term

__all__ = ["PREFIX", "draw_query", "draw_values"]

EX = "https://example.org/"
PREFIX = f"PREFIX ex: <{EX}> PREFIX xsd: <{XSD}> "
NAMES = [NamedNode(EX + letter) for letter in "abcd"]
PREDICATES = [NamedNode(EX + letter) for letter in "pqr"]
# Oxigraph's store rewrites other forms of these, so that there would be nothing to compare with.
LITERALS = [
    *(Literal(text, datatype=XSD["integer"]) for text in ("0", "1", "2", "-3")),
    *(Literal(text, datatype=XSD["decimal"]) for text in ("1.5", "2.5")),
    *(Literal(text) for text in ("", "a", "ab", "Abc", "12", "2021-05-03")),
    *(Literal(text, language=tag) for text, tag in (("a", "en"), ("ab", "vi"))),
    *(Literal(text, datatype=XSD["boolean"]) for text in ("true", "false")),
    *(Literal(text, datatype=XSD["date"]) for text in ("2020-01-01", "2021-05-03")),
    Literal("2020-01-01T10:00:00Z", datatype=XSD["dateTime"]),
]  # fmt: skip
CONSTANTS: list[Term] = [
    Literal("1", datatype=XSD["integer"]), Literal("a"), Literal("ab", language="vi"),
    Literal("true", datatype=XSD["boolean"]),
]  # fmt: skip
VARIABLES = ["?this", "?x", "?y", "?z"]
PATHS = [
    "ex:p", "ex:q", "ex:r", "^ex:p", "ex:p/ex:q", "ex:p*", "ex:q+", "ex:r?", "(ex:p/^ex:q)/ex:r",
    "(ex:p/ex:q)*", "(ex:p|^ex:r)*", "?v",
]  # fmt: skip
TERMS = ["ex:a", "ex:b", "1", "'a'", "'ab'@vi", "true"]
UNARY = [
    "STR", "LANG", "DATATYPE", "STRLEN", "UCASE", "LCASE", "YEAR", "MONTH", "DAY", "ABS", "ISIRI", "ISLITERAL",
    "ISNUMERIC", "!", "-", "xsd:integer", "xsd:string", "xsd:decimal", "xsd:boolean", "xsd:date", "IRI", "CEIL",
    "ROUND",
]  # fmt: skip
BINARY = ["STRSTARTS", "STRENDS", "CONTAINS", "STRBEFORE", "STRAFTER", "CONCAT", "SAMETERM", "LANGMATCHES", "COALESCE"]


@st.composite
def draw_values(draw: st.DrawFn) -> list[Triple]:
    """Draw data that hold all constants of queries: in Oxigraph, no path of no steps starts from what is not there."""
    values: list[Term] = [*NAMES, *NAMES, *LITERALS]
    triples = st.builds(Triple, st.sampled_from(NAMES), st.sampled_from(PREDICATES), st.sampled_from(values))
    known = [Triple(NAMES[0], NamedNode(f"{EX}has"), term) for term in (*NAMES, *CONSTANTS)]
    return [*known, *draw(st.lists(triples, min_size=3, max_size=16, unique_by=str))]


@st.composite
def draw_query(draw: st.DrawFn) -> str:
    """Draw the text of a SELECT query with ?this among its columns."""
    group = _draw_group(draw, 2)
    form = draw(st.sampled_from(["plain", "plain", "distinct", "grouped"]))
    if form == "grouped":
        aggregate = draw(st.sampled_from(["COUNT(?x)", "COUNT(*)", "COUNT(DISTINCT ?y)", "SUM(?x)", "MIN(?x)"]))
        having = draw(st.sampled_from(["", f" HAVING ({aggregate.replace('MIN', 'COUNT')} > 1)"]))
        return f"SELECT ?this ?z ({aggregate} AS ?value) {{ {group} }} GROUP BY ?this ?z{having}"
    return f"SELECT {'DISTINCT ' if form == 'distinct' else ''}?this ?x ?y {{ {group} }}"


def _draw_group(draw: st.DrawFn, depth: int) -> str:
    kinds = ["triple", "triple", "triple", "filter"]
    if depth:
        kinds += ["optional", "union", "exists", "bind", "group"]
    parts = [_draw_triple(draw)]
    return " ".join(
        [*parts, *(PARTS[kind](draw, depth - 1) for kind in draw(st.lists(st.sampled_from(kinds), max_size=3)))]
    )


def _draw_triple(draw: st.DrawFn, _: int = 0) -> str:
    subject = draw(st.sampled_from([*VARIABLES, "?this", "ex:a"]))
    value = draw(st.sampled_from([*VARIABLES, *TERMS[:2], "1", "'a'"]))
    return f"{subject} {draw(st.sampled_from(PATHS))} {value} ."


def _draw_filter(draw: st.DrawFn, depth: int) -> str:
    return f"FILTER ({_draw_condition(draw)})"


def _draw_optional(draw: st.DrawFn, depth: int) -> str:
    return f"OPTIONAL {{ {_draw_group(draw, depth)} }}"


def _draw_union(draw: st.DrawFn, depth: int) -> str:
    return f"{{ {_draw_group(draw, depth)} }} UNION {{ {_draw_group(draw, depth)} }}"


def _draw_exists(draw: st.DrawFn, depth: int) -> str:
    group = (
        f"EXISTS {{ {_draw_triple(draw)} {draw(st.sampled_from(['', _draw_triple(draw), _draw_filter(draw, 0)]))} }}"
    )
    return f"FILTER {draw(st.sampled_from(['', 'NOT ']))}{group}"


def _draw_bind(draw: st.DrawFn, depth: int) -> str:
    return f"BIND ({_draw_expression(draw, 2)} AS ?bound{draw(st.integers(0, 10**6))})"


def _draw_inner(draw: st.DrawFn, depth: int) -> str:
    return f"{{ {_draw_group(draw, depth)} }}"


def _draw_condition(draw: st.DrawFn) -> str:
    form = draw(st.sampled_from(["compare", "compare", "in", "bound", "and", "or"]))
    if form == "compare":
        operator = draw(st.sampled_from(["=", "!=", "<", ">", "<= 1", ">= 'a'"]))
        return f"{_draw_expression(draw, 1)} {operator} {'' if ' ' in operator else _draw_expression(draw, 1)}"
    if form == "in":
        members = ", ".join(draw(st.lists(st.sampled_from(TERMS), min_size=1, max_size=3)))
        return f"{_draw_expression(draw, 1)} {draw(st.sampled_from(['IN', 'NOT IN']))} ({members})"
    if form == "bound":
        return f"BOUND({draw(st.sampled_from(VARIABLES))})"
    return f"({_draw_condition(draw)}) {'&&' if form == 'and' else '||'} ({_draw_condition(draw)})"


def _draw_expression(draw: st.DrawFn, depth: int) -> str:
    form = (
        draw(st.sampled_from(["variable", "variable", "term", "unary", "binary", "arithmetic", "substr"]))
        if depth
        else "variable"
    )
    if form == "variable":
        return draw(st.sampled_from(VARIABLES))
    if form == "term":
        return draw(st.sampled_from(TERMS))
    if form == "unary":
        return f"{draw(st.sampled_from(UNARY))}({_draw_expression(draw, depth - 1)})"
    if form == "binary":
        return (
            f"{draw(st.sampled_from(BINARY))}({_draw_expression(draw, depth - 1)}, {_draw_expression(draw, depth - 1)})"
        )
    if form == "substr":
        return f"SUBSTR({_draw_expression(draw, depth - 1)}, {draw(st.integers(0, 3))}, {draw(st.integers(0, 3))})"
    return f"({_draw_expression(draw, depth - 1)} {draw(st.sampled_from('+*/'))} {_draw_expression(draw, depth - 1)})"


PARTS: dict[str, Callable[[st.DrawFn, int], str]] = {
    "triple": _draw_triple,
    "filter": _draw_filter,
    "optional": _draw_optional,
    "union": _draw_union,
    "exists": _draw_exists,
    "bind": _draw_bind,
    "group": _draw_inner,
}
