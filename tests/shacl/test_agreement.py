"""The fast engine against others: pyshacl on random shapes, Oxigraph on random queries and on the order of literals.

`MIGRAGRAPH_EXAMPLES=10000 python -m pytest tests/shacl --hypothesis-seed=1` tries more than the 500 of each run.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from itertools import product
from unittest import mock

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, seed, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store, Triple
from tests.shacl.counting import FORMS, Counts, watch_constraints
from tests.shacl.graphs import LITERALS, PARTS, Graph, draw_graphs
from tests.shacl.queries import NAMES, PREFIX, draw_query, draw_values

from migragraph.namespaces import XSD
from migragraph.queries.binding import bind
from migragraph.shacl import validate_shacl
from migragraph.shacl.fast.columns import Columns
from migragraph.shacl.fast.comparison import is_at_most, is_less, read_value
from migragraph.shacl.fast.queries.algebra import OutsideError
from migragraph.shacl.fast.queries.evaluation import evaluate_select
from migragraph.shacl.fast.queries.rows import MANY, ROW
from migragraph.shacl.fast.queries.syntax import read_query
from migragraph.shacl.fast.queries.tables import Table
from migragraph.shacl.fast.terms import ID, Terms

EXAMPLES = int(os.environ.get("MIGRAGRAPH_EXAMPLES", "500"))
thorough = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=EXAMPLES == 500,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


# Each component and form of a path is to be satisfied, and violated, by one case of a hundred at least.
SHARE = 100


def test_the_engines_agree_on_random_shapes(capsys: pytest.CaptureFixture[str]) -> None:
    counts, names = Counts(), COMPONENTS | {f"path: {form}" for form in FORMS.values()}

    def agree(graphs: tuple[Graph, Graph]) -> None:
        with watch_constraints(counts):
            validate_shacl(*graphs, engine="both")

    # Each part has its share of the cases, and in it each form of a path.
    share = -(-EXAMPLES // (len(PARTS) * len(FORMS)))
    cases = settings(thorough, max_examples=share, derandomize=False)
    for number, (part, form) in enumerate(product(PARTS, FORMS)):
        seed(number)(cases(given(draw_graphs(part, form or "."))(agree)))()
    with capsys.disabled():
        print(f"\n{EXAMPLES:,} cases\n{counts.write(names)}")
    assert counts.least(names) >= EXAMPLES // SHARE


@thorough
@given(draw_values(), draw_query(), st.sampled_from([0, MANY]))
def test_compiled_queries_give_what_oxigraph_gives(data: list[Triple], query: str, many: int) -> None:
    # The parts of expressions are evaluated by themselves where there are many rows, which these are not.
    with mock.patch("migragraph.shacl.fast.queries.rows.MANY", many):
        compare_queries(data, query)


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "="])
def test_texts_of_one_language_are_in_order(operator: str) -> None:
    texts = [Literal(text, language=tag) for text, tag in (("a", "en"), ("b", "en"), ("B", "en"), ("a", "vi"))]
    data = [Triple(NAMES[0], NamedNode("https://example.org/p"), text) for text in (*texts, Literal("a"))]
    compare_queries(data, f"SELECT ?this ?x ?y {{ ?this ex:p ?x, ?y . FILTER (?x {operator} ?y) }}")


def compare_queries(data: list[Triple], query: str) -> None:
    text = PREFIX + query
    try:
        assert run_compiled(data, text, None) == run_oxigraph(data, [text])
        assert run_compiled(data, text, NAMES) == run_oxigraph(data, [bind(text, {"this": name}) for name in NAMES])
    except SyntaxError:
        assume(False)  # it gives a value to one variable twice
    except OutsideError as error:
        assert str(error).startswith(("MIN or MAX", "BIND to a variable"))  # noqa: PT017


Solutions = Counter[tuple[object, ...]]


def run_compiled(data: Sequence[Triple], text: str, nodes: Sequence[NamedNode] | None) -> Solutions:
    """Give the solutions, each with the number of the node that ?this stands for, if it stands for any."""
    terms = Terms()
    columns, select = Columns(terms, tuple(data)), read_query(text, ())
    rows = np.arange(1 if nodes is None else len(nodes), dtype=ID)
    bound = {} if nodes is None else {"this": np.array([terms.number(node) for node in nodes], ID)}
    table = evaluate_select(columns, select, Table(len(rows), {ROW: rows, **bound}))
    listed = [*terms.listed, None]
    found = ([listed[number] for number in table.column(name).tolist()] for name in select.names)
    return Counter(zip(table.column(ROW).tolist(), *found, strict=True))


def run_oxigraph(data: Sequence[Triple], texts: Sequence[str]) -> Solutions:
    store = Store()
    store.extend(Quad(*triple) for triple in data)
    solutions: Solutions = Counter()
    for row, text in enumerate(texts):
        answers = store.query(text)
        assert isinstance(answers, QuerySolutions)
        solutions.update((row, *answer) for answer in answers)
    return solutions


NAN = Literal("NaN", datatype=XSD["double"])
ORDER = "SELECT (?one < ?other AS ?less) (?one <= ?other AS ?most) {}"


@pytest.mark.parametrize("one", LITERALS, ids=str)
def test_literals_are_in_the_order_of_sparql(one: Literal) -> None:
    """Oxigraph is asked of two of one kind: it orders others that SPARQL does not, a NaN too, and no booleans."""
    for other in LITERALS:
        left, right = read_value(one), read_value(other)
        if left is None or right is None or left.kind != right.kind or NAN in {one, other}:
            assert not is_less(left, right)
            assert not is_at_most(left, right)
            continue
        if left.kind == "boolean":
            assert is_less(left, right) == (left.content < right.content)  # type: ignore[operator]
            continue
        answers = Store().query(bind(ORDER, {"one": one, "other": other}))
        assert isinstance(answers, QuerySolutions)
        (answer,) = answers
        said = [value is not None and value.value == "true" for value in answer]
        assert said == [is_less(left, right), is_at_most(left, right)]


COMPONENTS = {
    "And", "Class", "Closed", "Datatype", "Disjoint", "Equals", "HasValue", "In", "LanguageIn", "LessThan",
    "LessThanOrEquals", "MaxCount", "MaxExclusive", "MaxInclusive", "MaxLength", "MinCount", "MinExclusive",
    "MinInclusive", "MinLength", "Node", "NodeKind", "Not", "Or", "Pattern", "QualifiedMaxCount", "QualifiedMinCount",
    "Property", "UniqueLang", "Xone",
}  # fmt: skip
