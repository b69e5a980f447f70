"""What a query gives, as text in the format that a user asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from migragraph.errors import QueryError
from migragraph.iris import shorten_iri
from migragraph.queries.parsing import Results

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["FORMATS", "ResultFormat", "render_results"]

Term = NamedNode | BlankNode | Literal | Triple
Prefixes = Mapping[str, str]

_FEW_COLUMNS = 4
_MARKDOWN = {"\\": "\\\\", "|": "\\|", "`": "\\`", "*": "\\*", "[": "\\[", "<": "&lt;", "&": "&amp;"}
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class ResultFormat(NamedTuple):
    """A format of results: how it is made, on a terminal if need be, and whether it holds a graph or else solutions."""

    render: Callable[[Results, Prefixes, bool], str]
    graph: bool = False


def render_results(
    results: Results, format_: str | None = None, prefixes: Prefixes | None = None, *, terminal: bool = False
) -> str:
    """Give results as text, and use them up; raise QueryError where the format does not fit, or the query fails.

    Without a format, solutions are a table, and triples Turtle. ``prefixes`` shorten IRIs where people read them;
    ``terminal`` asks for colour and lines where a format has them.
    """
    graph = isinstance(results, QueryTriples)
    name = format_ or ("turtle" if graph else "table")
    fitting = ", ".join(known for known, other in FORMATS.items() if other.graph == graph)
    if name not in FORMATS:
        raise QueryError(f"there is no format {name!r}.", advice=f"Choose from {fitting}.")
    if FORMATS[name].graph != graph:
        kind = "triples" if graph else "an answer of yes or no" if isinstance(results, QueryBoolean) else "solutions"
        raise QueryError(f"{kind} cannot be written as {name}.", advice=f"Choose from {fitting}.")
    try:
        text = FORMATS[name].render(results, prefixes or {}, terminal)
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed on its way: {error}.") from error
    return text if text.endswith("\n") else f"{text}\n"


def _render_table(results: Results, prefixes: Prefixes, terminal: bool) -> str:
    if isinstance(results, QueryBoolean):
        return _render_boolean(results)
    head, rows = _read_table(results, prefixes, _show_plain)
    if terminal:
        return _render_rich(head, rows)
    widths = [max(map(_measure, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "".join(f"{'  '.join(map(_pad, line, widths)).rstrip()}\n" for line in lines)


def _render_rich(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Draw a table, or where the terminal is too narrow for it, each row as lines of column and value."""
    from io import StringIO

    from rich.console import Console

    console = Console(file=StringIO(), force_terminal=True)
    widths = [max(map(_measure, column)) for column in zip(head, *rows, strict=True)]
    frame = 3 * len(widths) + 1
    if sum(widths) + frame <= console.width or len(widths) < _FEW_COLUMNS:
        console.print(_draw(head, rows))
    else:
        for row in rows:
            console.print(_draw_record(head, row))
    return cast(StringIO, console.file).getvalue()


def _draw(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for name in head:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        # As Text, for a plain string would be read as markup.
        table.add_row(*map(Text, row))
    return table


def _draw_record(head: Sequence[str], row: Sequence[str]) -> Table:
    from rich.table import Table
    from rich.text import Text

    record = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    record.add_column(style="bold", no_wrap=True)
    record.add_column(overflow="fold")
    for name, value in zip(head, row, strict=True):
        if value:
            record.add_row(Text(name), Text(value))
    record.add_row()
    return record


def _render_markdown(results: Results, prefixes: Prefixes, terminal: bool) -> str:
    if isinstance(results, QueryBoolean):
        return _render_boolean(results)
    head, rows = _read_table(results, prefixes, _show_markdown)
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _read_table(results: Results, prefixes: Prefixes, show: Callable[[str], str]) -> tuple[list[str], list[list[str]]]:
    """Give the head and the rows, as people read them."""
    names, rows = _read_rows(results)
    return names, [[show(_shorten(term, prefixes)) for term in row] for row in rows]


def _read_rows(results: Results) -> tuple[list[str], Iterator[list[Term | None]]]:
    solutions = cast(QuerySolutions, results)
    names = [variable.value for variable in solutions.variables]
    return names, ([solution[name] for name in names] for solution in solutions)


def _shorten(term: Term | None, prefixes: Prefixes) -> str:
    return shorten_iri(term.value, prefixes) if isinstance(term, NamedNode) else _value(term)


def _value(term: Term | None) -> str:
    """Give a term as SPARQL's CSV has it: https://www.w3.org/TR/sparql11-results-csv-tsv/#csv."""
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _show_plain(text: str) -> str:
    """Take control characters out: a table has one line for a row, and a terminal obeys them."""
    from unicodedata import category

    return "".join(" " if category(char) == "Cc" else char for char in text)


def _show_markdown(text: str) -> str:
    """Escape what Markdown would take for its own, and keep line breaks as it can."""
    lines = re.split(r"\r\n|\r|\n", text)
    return "<br>".join(_show_plain("".join(_MARKDOWN.get(char, char) for char in line)) for line in lines)


def _measure(text: str) -> int:
    """Give how many columns of a terminal a text takes."""
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _measure(text))


def _render_csv(results: Results, prefixes: Prefixes, terminal: bool) -> str:
    # pyoxigraph leaves an IRI with a comma unquoted.
    from csv import writer
    from io import StringIO

    if isinstance(results, QueryBoolean):
        return _render_boolean(results)
    names, rows = _read_rows(results)
    output = StringIO(newline="")
    table = writer(output)
    table.writerow(names)
    table.writerows([_value(term) for term in row] for row in rows)
    return output.getvalue()


def _render_boolean(results: QueryBoolean) -> str:
    return "true" if results else "false"


def _serialising(format_: QueryResultsFormat) -> Callable[[Results, Prefixes, bool], str]:
    def render(results: Results, prefixes: Prefixes, terminal: bool) -> str:
        solutions = cast(QuerySolutions | QueryBoolean, results)
        return (solutions.serialize(format=format_) or b"").decode()

    return render


def _render_xml(results: Results, prefixes: Prefixes, terminal: bool) -> str:
    text = _serialising(QueryResultsFormat.XML)(results, prefixes, terminal)
    if found := _NO_XML.search(text):
        message = f"a solution has the character U+{ord(found[0]):04X}, which XML cannot hold."
        raise QueryError(message, advice="Take json.")
    # An XML reader makes a line feed of a carriage return that stands there as itself.
    return text.replace("\r", "&#xD;")


def _rendering(format_: RdfFormat) -> Callable[[Results, Prefixes, bool], str]:
    def render(results: Results, prefixes: Prefixes, terminal: bool) -> str:
        triples = _sort(cast(QueryTriples, results))
        used = {name: base for name, base in prefixes.items() if _uses(triples, base)}
        return (serialize(triples, format=format_, prefixes=used) or b"").decode()

    return render


def _sort(results: Iterable[Triple]) -> list[Triple]:
    """Give the triples, each once and always in one order: blank nodes get their canonical names first."""
    triples = set(results)
    if any(isinstance(node, BlankNode) for triple in triples for node in (triple.subject, triple.object)):
        dataset = Dataset(Quad(*triple) for triple in triples)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        triples = {quad.triple for quad in dataset}
    return sorted(triples, key=str)


def _uses(triples: Iterable[Triple], base: str) -> bool:
    return any(iri.startswith(base) for triple in triples for iri in _list_iris(triple))


def _list_iris(triple: Triple) -> Iterator[str]:
    for term in triple:
        if isinstance(term, NamedNode):
            yield term.value
        elif isinstance(term, Literal):
            yield term.datatype.value


FORMATS: dict[str, ResultFormat] = {
    "table": ResultFormat(_render_table),
    "csv": ResultFormat(_render_csv),
    "tsv": ResultFormat(_serialising(QueryResultsFormat.TSV)),
    "json": ResultFormat(_serialising(QueryResultsFormat.JSON)),
    "xml": ResultFormat(_render_xml),
    "md": ResultFormat(_render_markdown),
    "turtle": ResultFormat(_rendering(RdfFormat.TURTLE), graph=True),
    "jsonld": ResultFormat(_rendering(RdfFormat.JSON_LD), graph=True),
}
"""The formats, by the name that a user gives."""
