"""Query scripts: files ``queries/<question>.rq``, each one question with a header that describes it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Store

from migragraph.errors import QueryError
from migragraph.iris import shorten_iri
from migragraph.namespaces import RDF
from migragraph.queries.binding import bind_tokens
from migragraph.queries.clauses import Place, list_columns, locate
from migragraph.queries.describing import describe_resources, is_describe, select_resources
from migragraph.queries.guard import check_length, check_query
from migragraph.queries.parameters import Column, Parameter, Term, read_values
from migragraph.queries.parsing import Results, evaluate
from migragraph.queries.tokens import find_position, read_tokens

__all__ = ["Query", "find_query", "list_scripts", "load_queries", "load_query", "parse_query", "run_query"]

SUFFIX = ".rq"


@dataclass(frozen=True, slots=True)
class Query:
    """A query and its description; ``title`` and ``question`` by language tag, both empty where there is no header.

    ``as_of`` names the parameter, a date, at which the answer is to hold, where the query can be asked of a time.
    """

    name: str
    path: Path | None
    text: str
    title: Mapping[str, str] = field(default_factory=dict)
    question: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    as_of: str | None = None


def load_query(path: Path) -> Query:
    """Load a query script; raise QueryError where it cannot be read, or its header is wrong."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise QueryError(f"the query cannot be read: {error.strerror}.", path=path) from error
    return parse_query(data, path.stem, path)


def load_queries(folder: Path) -> list[Query]:
    """Load the query scripts of a folder, sorted by name."""
    return [load_query(path) for path in list_scripts(folder).values()]


def find_query(folder: Path, name: str) -> Query:
    """Load the query script of a folder by its name; raise QueryError, with the names like it, where there is none."""
    path = folder / f"{name}{SUFFIX}"
    if path.stem != name or path.parent != folder or not path.is_file():
        from difflib import get_close_matches

        near = get_close_matches(name, list_scripts(folder), 3, 0.4)
        advice = f"Is it {' or '.join(near)}?" if near else "`migragraph query` lists them all."
        raise QueryError(f"there is no query {name!r}.", path=folder, advice=advice)
    return load_query(path)


def list_scripts(folder: Path) -> dict[str, Path]:
    """List the query scripts of a folder by name, sorted, whatever is in them."""
    found = {path.stem: path for path in folder.glob(f"*{SUFFIX}") if path.is_file()}
    return dict(sorted(found.items()))


def parse_query(text: str | bytes, name: str, path: Path | None = None) -> Query:
    """Read a query and its header; raise QueryError where the header is wrong, or does not fit the query."""
    place = path or name
    script = _decode(text, place) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    check_length(script, place)
    header = None
    if "#+" in script:
        # The YAML reader takes longer to import than a query to run: only those that have a header pay for it.
        from migragraph.queries.header import read_header

        header = read_header(script, place)
    if header is None:
        return Query(name, path, script)
    places = tuple(locate(read_tokens(script)))
    _check_columns(header.columns, places, place)
    parameters = tuple(_find_parameters(script, header.parameters, places, place))
    described = header._replace(parameters=parameters)
    return Query(name, path, script, **described._asdict())


def run_query(
    store: Store,
    query: Query,
    values: Mapping[str, str],
    prefixes: Mapping[str, str],
    allow_service: bool = False,
) -> Results:
    """Run a query on a store with a text value for each parameter; raise QueryError where that cannot be.

    It sees the default graph and, by GRAPH, the named graphs, never their union. ``prefixes`` are for values that are
    CURIEs.
    """
    place = query.path or query.name
    tokens = check_query(query.text, allow_service, path=place)
    terms = read_values(query.parameters, values, prefixes, name=query.name, path=query.path)
    texts = bind_tokens(query.text, tokens, terms, path=place)
    bound = "".join(texts)
    if bound != query.text:
        # An IRI given as a value may read like code where the query is not as it should be.
        check_query(bound, allow_service, path=place)
    _require_known(
        store, query, {one.name: terms[one.variable] for one in query.parameters if one.name in values}, prefixes
    )
    if is_describe(tokens):
        return describe_resources(
            store, evaluate(store, query.text, tokens, select_resources(tokens, texts), path=place)
        )
    return evaluate(store, query.text, tokens, texts, path=place)


def _require_known(store: Store, query: Query, given: Mapping[str, Term], prefixes: Mapping[str, str]) -> None:
    """Refuse an IRI of which the store says nothing: no rows would read as if there were nothing to find."""
    for name, term in given.items():
        if not isinstance(term, NamedNode) or _is_known(store, term):
            continue
        typed = (quad.subject for quad in store.quads_for_pattern(None, RDF.type, None, DefaultGraph()))
        known = {subject.value for subject in typed if isinstance(subject, NamedNode)}
        near = difflib.get_close_matches(term.value, sorted(known), n=1, cutoff=0.85)
        meant = f" Is {shorten_iri(near[0], prefixes)} meant?" if near else ""
        raise QueryError(
            f"the graph says nothing of {shorten_iri(term.value, prefixes)}, the value of the parameter {name!r}.",
            path=query.path or query.name,
            advice=f"Check the IRI, or the CURIE.{meant}",
        )


def _is_known(store: Store, term: NamedNode) -> bool:
    patterns = ((term, None, None, None), (None, term, None, None), (None, None, term, None))
    return any(next(iter(store.quads_for_pattern(*pattern)), None) is not None for pattern in patterns)


def _decode(data: bytes, place: Path | str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise QueryError("the query is not UTF-8.", path=place, line=line, advice="Save it as UTF-8.") from error


def _check_columns(columns: Sequence[Column], places: Sequence[Place], path: Path | str) -> None:
    """Hold the columns of a header against those of SELECT."""
    described, selected = [column.name for column in columns], list(list_columns(places))
    if described != selected:
        message = f"the header describes the columns {_join(described)}, and SELECT names {_join(selected)}."
        raise QueryError(message, path=path, advice="Describe each column that SELECT names, in its order.")


def _join(names: Sequence[str]) -> str:
    return ", ".join(names) or "none"


def _find_parameters(
    text: str, parameters: Sequence[Parameter], places: Sequence[Place], path: Path | str
) -> Iterator[Parameter]:
    """Give the parameters with the variables that the query has for them: ``?_x``, or ``?__x`` for an optional one."""
    found = {place.token.text[1:]: place.token for place in reversed(places) if place.token.kind == "variable"}
    variables = {name for name in found if name.startswith("_")}
    for parameter in parameters:
        spellings = variables & {parameter.variable, f"_{parameter.variable}"}
        if len(spellings) != 1:
            message = f"the query has not one variable for the parameter {parameter.name!r}."
            advice = f"Write ?{parameter.variable}, or ?_{parameter.variable} where it may be left out."
            raise QueryError(message, path=path, advice=advice)
        variables -= spellings
        (variable,) = spellings
        yield replace(parameter, variable=variable, optional=variable.startswith("__"))
    for name in sorted(variables):
        line, column = find_position(text, found[name].start)
        advice = "Declare it in the header under params, or take a name without '_'."
        raise QueryError(f"?{name} is no parameter.", path=path, line=line, column=column, advice=advice)
