"""The common functions of SPARQL on terms: https://www.w3.org/TR/sparql11-query/#SparqlOps.

A function is called with terms, and gives a term or None for an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode

from migragraph.literals import is_well_typed
from migragraph.namespaces import XSD
from migragraph.shacl.fast.comparison import read_value
from migragraph.shacl.fast.patterns import match_pattern
from migragraph.shacl.fast.queries.operators import make_boolean, make_number, make_text, read_number
from migragraph.shacl.shapes import Term

__all__ = ["FUNCTIONS"]

STRING = XSD["string"]
DATE = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d(?:\.\d+)?))?(Z|[+-]\d\d:\d\d)?", re.ASCII)
DATED = {XSD["date"], XSD["dateTime"]}


def _require_text(term: Term) -> Literal:
    """Give a string literal, with or without a language; raise TypeError for others."""
    if isinstance(term, Literal) and (term.language or term.datatype == STRING):
        return term
    raise TypeError


def _require_compatible(one: Term, other: Term) -> tuple[Literal, Literal]:
    """Give two strings that go together: https://www.w3.org/TR/sparql11-query/#func-arg-compatibility."""
    left, right = _require_text(one), _require_text(other)
    if right.language and right.language != left.language:
        raise TypeError
    return left, right


def _like(model: Literal, text: str) -> Literal:
    return Literal(text, language=model.language) if model.language else Literal(text)


def _str(term: Term) -> Term | None:
    return None if isinstance(term, BlankNode) else make_text(term.value)


def _lang(term: Term) -> Term | None:
    return make_text(term.language or "") if isinstance(term, Literal) else None


def _datatype(term: Term) -> Term | None:
    return term.datatype if isinstance(term, Literal) else None


def _lang_matches(tag: Term, wanted: Term) -> Term | None:
    text, range_ = _require_text(tag).value.lower(), _require_text(wanted).value.lower()
    return make_boolean(bool(text) if range_ == "*" else text == range_ or text.startswith(f"{range_}-"))


def _is_numeric(term: Term) -> Term | None:
    value = read_value(term)
    return make_boolean(value is not None and value.kind == "number")


def _is_of(*kinds: type) -> Callable[[Term], Term | None]:
    return lambda term: make_boolean(isinstance(term, kinds))


def _iri(term: Term) -> Term | None:
    if isinstance(term, NamedNode):
        return term
    return NamedNode(term.value) if isinstance(term, Literal) and term.datatype == STRING else None


def _strdt(text: Term, datatype: Term) -> Term | None:
    if not isinstance(text, Literal) or text.language or text.datatype != STRING or not isinstance(datatype, NamedNode):
        return None
    return Literal(text.value, datatype=datatype)


def _strlang(text: Term, tag: Term) -> Term | None:
    if not isinstance(text, Literal) or text.language or text.datatype != STRING:
        return None
    return Literal(text.value, language=_require_text(tag).value)


def _test_text(holds: Callable[[str, str], bool]) -> Callable[[Term, Term], Term | None]:
    def test(one: Term, other: Term) -> Term | None:
        left, right = _require_compatible(one, other)
        return make_boolean(holds(left.value, right.value))

    return test


def _change_text(change: Callable[[str], str]) -> Callable[[Term], Term]:
    def apply(term: Term) -> Term:
        text = _require_text(term)
        return _like(text, change(text.value))

    return apply


def _concat(*terms: Term) -> Term:
    texts = [_require_text(term) for term in terms]
    languages = {text.language for text in texts}
    joined = "".join(text.value for text in texts)
    return Literal(joined, language=languages.pop()) if len(languages) == 1 else Literal(joined)


def _substr(term: Term, start: Term, length: Term | None = None) -> Term:
    text = _require_text(term)
    first = int(read_number(start))
    last = len(text.value) + 1 if length is None else first + int(read_number(length))
    return _like(text, text.value[max(first, 1) - 1 : max(last, 1) - 1])


def _strbefore(one: Term, other: Term) -> Term:
    text, mark = _require_compatible(one, other)
    before, found, _ = text.value.partition(mark.value) if mark.value else ("", True, "")
    return _like(text, before) if found else make_text("")


def _strafter(one: Term, other: Term) -> Term:
    text, mark = _require_compatible(one, other)
    _, found, after = text.value.partition(mark.value) if mark.value else ("", True, text.value)
    return _like(text, after) if found else make_text("")


def _regex(term: Term, pattern: Term, flags: Term | None = None) -> Term | None:
    text = _require_text(term)
    found = match_pattern({0: text.value}, _require_text(pattern).value, flags.value if flags is not None else "")
    return None if found is None else make_boolean(len(found) > 0)


def _part_of_date(group: int) -> Callable[[Term], Term | None]:
    def read(term: Term) -> Term | None:
        if not isinstance(term, Literal) or term.datatype not in DATED or not is_well_typed(term):
            return None
        found = DATE.fullmatch(term.value)
        return make_number(int(found[group])) if found and found[group] else None

    return read


FUNCTIONS: Mapping[str, Callable[..., Term | None]] = {
    "CONCAT": _concat,
    "CONTAINS": _test_text(lambda text, part: part in text),
    "DATATYPE": _datatype,
    "DAY": _part_of_date(3),
    "ENCODE_FOR_URI": lambda term: make_text(quote(_require_text(term).value, safe="~")),
    "HOURS": _part_of_date(4),
    "IRI": _iri,
    "ISBLANK": _is_of(BlankNode),
    "ISIRI": _is_of(NamedNode),
    "ISLITERAL": _is_of(Literal),
    "ISNUMERIC": _is_numeric,
    "ISURI": _is_of(NamedNode),
    "LANG": _lang,
    "LANGMATCHES": _lang_matches,
    "LCASE": _change_text(str.lower),
    "MINUTES": _part_of_date(5),
    "MONTH": _part_of_date(2),
    "REGEX": _regex,
    "SAMETERM": lambda one, other: make_boolean(one == other),
    "STR": _str,
    "STRAFTER": _strafter,
    "STRBEFORE": _strbefore,
    "STRDT": _strdt,
    "STRENDS": _test_text(str.endswith),
    "STRLANG": _strlang,
    "STRLEN": lambda term: make_number(len(_require_text(term).value)),
    "STRSTARTS": _test_text(str.startswith),
    "SUBSTR": _substr,
    "UCASE": _change_text(str.upper),
    "URI": _iri,
    "YEAR": _part_of_date(1),
}
