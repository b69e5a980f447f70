"""The parameters and columns of a query, and the RDF terms that texts given for parameters become."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.errors import CallError, QueryError
from migragraph.iris import expand_curie
from migragraph.namespaces import XSD

__all__ = ["TYPES", "Column", "Parameter", "ParameterType", "read_term", "read_values"]

Term = NamedNode | Literal
Prefixes = Mapping[str, str]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
# Of the IRIs without "//" only those that nobody takes for a CURIE with a misspelt prefix.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|(urn|tag|mailto|doi):")


class Column(NamedTuple):
    """A column of the solutions, and what it shows."""

    name: str
    description: str


class ParameterType(NamedTuple):
    """A kind of value: the end that grlc wants on its variables, how a text becomes a term, and what it accepts.

    ``read`` raises ValueError for a text that is not accepted.
    """

    suffix: str
    read: Callable[[str, Prefixes], Term]
    accepts: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query: the value of a variable.

    ``variable`` is named as grlc (https://github.com/CLARIAH/grlc) wants it: ``_objective_iri`` for the parameter
    ``objective`` of the type ``iri``. ``choices`` are the only values, where there are any. One that is ``optional``
    leaves its variable free when it is not given.
    """

    name: str
    type: str
    description: str
    variable: str
    default: str | None = None
    choices: tuple[str, ...] = ()
    optional: bool = False

    @property
    def required(self) -> bool:
        """Tell whether a value has to be given."""
        return self.default is None and not self.optional

    @property
    def accepts(self) -> str:
        """Say what a value may be."""
        return f"one of {', '.join(self.choices)}" if self.choices else TYPES[self.type].accepts


def read_values(
    parameters: Sequence[Parameter],
    values: Mapping[str, str],
    prefixes: Prefixes,
    *,
    name: str,
    path: Path | None = None,
) -> dict[str, Term]:
    """Give the term for each variable of a query's parameters; raise QueryError for a wrong or missing value.

    ``name`` is the query's; values and defaults are texts, IRIs may be CURIEs with the prefixes.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for unknown in sorted(values.keys() - known.keys()):
        advice = f"It has {', '.join(known)}." if known else "It has none."
        raise QueryError(f"the query {name} has no parameter {unknown!r}.", path=path, advice=advice)
    return dict(_read_values(known, values, prefixes, name, path))


def _read_values(
    known: Mapping[str, Parameter], values: Mapping[str, str], prefixes: Prefixes, name: str, path: Path | None
) -> Iterator[tuple[str, Term]]:
    for parameter in known.values():
        text = values.get(parameter.name, parameter.default)
        if text is not None:
            try:
                yield parameter.variable, read_term(parameter, text, prefixes)
            except ValueError as error:
                message = f"the parameter {parameter.name!r} of the query {name} cannot be {text!r}."
                raise QueryError(message, path=path, advice=f"It is {parameter.accepts}.") from error
        elif parameter.required:
            message = f"the query {name} needs the parameter {parameter.name!r}."
            advice = f"Give -p {parameter.name}=VALUE, where VALUE is {parameter.accepts}."
            raise QueryError(message, path=path, advice=advice)


def read_term(parameter: Parameter, text: str, prefixes: Prefixes) -> Term:
    """Give the term that a text is for a parameter; raise ValueError where the parameter does not accept it."""
    read = TYPES[parameter.type].read
    try:
        term = read(text, prefixes)
        if parameter.choices and term not in {read(choice, prefixes) for choice in parameter.choices}:
            raise ValueError(text)
    except CallError as error:
        raise ValueError(text) from error
    return term


def _read_iri(text: str, prefixes: Prefixes) -> NamedNode:
    inner = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    if inner.partition(":")[0] not in prefixes and not _IRI.match(inner):
        raise ValueError(text)
    return expand_curie(text, prefixes)


def _read_date(text: str, prefixes: Prefixes) -> Literal:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return Literal(date.fromisoformat(text).isoformat(), datatype=XSD.date)


def _read_language(text: str, prefixes: Prefixes) -> Literal:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(text)
    return Literal(text.lower())


def _matching(pattern: str, datatype: NamedNode) -> Callable[[str, Prefixes], Literal]:
    def read(text: str, prefixes: Prefixes) -> Literal:
        if not re.fullmatch(pattern, text):
            raise ValueError(text)
        return Literal(text, datatype=datatype)

    return read


TYPES: dict[str, ParameterType] = {
    "iri": ParameterType("_iri", _read_iri, "an IRI, or a CURIE with a prefix of the project"),
    "string": ParameterType("", lambda text, prefixes: Literal(text), "any text"),
    "integer": ParameterType("_integer", _matching(r"[+-]?[0-9]{1,18}", XSD.integer), "a whole number"),
    "decimal": ParameterType(
        "_xsd_decimal", _matching(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", XSD.decimal), "a number such as 2.5"
    ),
    "boolean": ParameterType("_xsd_boolean", _matching("true|false", XSD.boolean), "true or false"),
    "date": ParameterType("_xsd_date", _read_date, "a date such as 2024-12-18"),
    "year": ParameterType("_xsd_gYear", _matching("[0-9]{4}", XSD.gYear), "a year of four digits"),
    "lang": ParameterType("", _read_language, "a language tag such as vi"),
}
"""The types that a parameter may have, by name."""
