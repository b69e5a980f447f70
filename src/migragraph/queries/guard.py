"""What keeps a query from harm before the parser sees it.

The parser dies of deep nesting and of very long chains, and it carries a client that SERVICE sends out. So a query is
judged here on its tokens alone, and these have to be those that the parser finds: a text that could be read in two
ways is refused. Known ones: a string with a wrong escape is none, and what it held may be code; ``<`` after an operand
is a comparison to the parser and may be the start of an IRI by the grammar; keywords need no space after them
(``SERVICEex:a{}``); a prefixed name that makes no IRI falls apart into its prefix and more code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from migragraph.errors import QueryError
from migragraph.queries.clauses import Place, locate
from migragraph.queries.tokens import BRACKETS, KEYWORDS, UPDATES, Token, find_position, is_iri, read_tokens

__all__ = ["MAX_DEPTH", "MAX_LENGTH", "MAX_TOKENS", "check_length", "check_query"]

MAX_LENGTH = 64 * 1024
"""How many bytes of UTF-8 a query may have."""

MAX_DEPTH = 200
"""How many brackets may be open at a time: the parser dies of 1,000 nested IF."""

MAX_TOKENS = 1500
"""How many tokens a query may have, data of VALUES left out: the parser dies of 2,600 columns, groups or conditions."""

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_OPERANDS = frozenset({"variable", "iri", "name", "blank", "string", "language", "number"})
_OPERAND_ENDS = frozenset({"TRUE", "FALSE", *BRACKETS.values()})
# As a comparison this would have two slashes after a name, which no expression has.
_HIERARCHICAL = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")


class _Code(NamedTuple):
    """A query on trial: its text, the file that faults name, and its tokens in their places."""

    text: str
    path: Path | str | None
    places: Sequence[Place]

    def fault(self, token: Token, message: str, advice: str) -> QueryError:
        line, column = find_position(self.text, token.start)
        return QueryError(message, path=self.path, line=line, column=column, advice=advice)


def check_query(text: str, allow_service: bool = False, *, path: Path | str | None = None) -> tuple[Token, ...]:
    """Judge whether a query may go to the parser, and give its tokens; raise QueryError, naming the path, otherwise."""
    check_length(text, path)
    tokens = tuple(read_tokens(text))
    code = _Code(text, path, tuple(locate(tokens)))
    for check in _CHECKS:
        check(code)
    if not allow_service:
        _check_service(code)
    return tokens


def check_length(text: str, path: Path | str | None) -> None:
    """Raise QueryError for a text that is too long, or cannot be UTF-8."""
    try:
        length = len(text.encode())
    except UnicodeEncodeError as error:
        line, column = find_position(text, error.start)
        advice = "Save it as UTF-8."
        raise QueryError("the query is not UTF-8.", path=path, line=line, column=column, advice=advice) from error
    if length > MAX_LENGTH:
        raise QueryError(
            f"the query has {length:,} bytes; at most {MAX_LENGTH:,} are read.", path=path, advice="Write it shorter."
        )


def _check_characters(code: _Code) -> None:
    for place in code.places:
        token = place.token
        if token.kind == "other" and token.text in "'\"":
            message = f"the string that begins with {token.text} has no end, or a wrong escape in it."
            raise code.fault(token, message, r"Escapes are \t \b \n \r \f \" \' \\ and \uXXXX.")
        if token.kind == "other":
            advice = "It is a space of a special kind: write a plain one." if token.text.isspace() else "Take it out."
            raise code.fault(token, f"{token.text!r} cannot stand outside strings, IRIs and comments.", advice)


def _check_brackets(code: _Code) -> None:
    opened: list[Token] = []
    for token in (place.token for place in code.places):
        if token.text in BRACKETS:
            opened.append(token)
            if len(opened) > MAX_DEPTH:
                raise code.fault(token, f"the query is nested deeper than {MAX_DEPTH} brackets.", "Write it flatter.")
        elif token.text in BRACKETS.values():
            if not opened or BRACKETS[opened[-1].text] != token.text:
                last = f"the last open one is {opened[-1].text!r}" if opened else "no bracket is open"
                raise code.fault(token, f"{token.text!r} closes nothing: {last}.", "Check the brackets before it.")
            opened.pop()
    if opened:
        raise code.fault(opened[-1], f"{opened[-1].text!r} is never closed.", f"Add {BRACKETS[opened[-1].text]!r}.")


def _check_number(code: _Code) -> None:
    counted = [place.token for place in code.places if place.clause != "data"]
    if len(counted) > MAX_TOKENS:
        message = f"the query has {len(counted):,} tokens outside VALUES; at most {MAX_TOKENS:,} are read."
        raise code.fault(counted[MAX_TOKENS], message, "Write it shorter, or put its terms into VALUES.")


def _check_form(code: _Code) -> None:
    words = [place.token for place in code.places if place.token.kind == "word"]
    if update := next((token for token in words if token.word in UPDATES), None):
        raise code.fault(update, f"{update.word} is an update; only queries are run.", f"Use {_or(_FORMS)}.")
    first = next((token.word for token in words if token.word not in _PROLOGUE), "")
    if first not in _FORMS:
        raise QueryError("this is no query.", path=code.path, advice=f"A query has {_or(_FORMS)} after its prefixes.")


def _check_words(code: _Code) -> None:
    from difflib import get_close_matches

    for token in (place.token for place in code.places):
        if token.kind == "word" and token.word not in KEYWORDS:
            near = get_close_matches(token.word, KEYWORDS, 1, 0.75)
            advice = (
                f"Is it {near[0]}?" if near else "A variable begins with ?, a name has a prefix, a text has quotes."
            )
            raise code.fault(token, f"{token.text!r} is no word of SPARQL.", advice)


def _check_prefixes(code: _Code) -> None:
    declared: set[str] = set()
    for place in code.places:
        if place.token.kind != "name":
            continue
        prefix = place.token.text.partition(":")[0]
        if place.previous.word == "PREFIX":
            declared.add(prefix)
        elif prefix not in declared:
            raise code.fault(
                place.token, f"the prefix {prefix}: is not declared.", f"Add PREFIX {prefix}: <...> above."
            )


def _check_comparisons(code: _Code) -> None:
    """Refuse ``<`` where the grammar sees an IRI and the parser a comparison, with a comment or brackets after it."""
    for place in code.places:
        token, previous = place.token, place.previous
        if place.clause != "expression" or not (previous.kind in _OPERANDS or previous.text.upper() in _OPERAND_ENDS):
            continue
        opens_iri = token.text.startswith("<<") and is_iri(code.text, token.start + 1)
        if opens_iri or (token.kind == "iri" and not _HIERARCHICAL.match(token.text)):
            message = f"{token.text!r} may be an IRI, or a comparison by '<'."
            raise code.fault(token, message, "Put a space after '<', or write the IRI by a prefix.")


def _check_service(code: _Code) -> None:
    for number, place in enumerate(code.places):
        token = place.token
        if token.word == "SERVICE":
            message = "SERVICE sends a part of the query to another server, and nothing reaches the network unasked."
            raise code.fault(token, message, "Take it out, or allow it by --allow-service.")
        if "service" not in token.text.lower():
            continue
        following = [after.token for after in code.places[number + 1 : number + 4] if after.token.word != "SILENT"]
        if _may_call(place, following):
            message = f"the parser might read SERVICE in {token.text!r} before a group."
            raise code.fault(token, message, "End the triple with '.' before the group, or take another prefix.")


def _may_call(place: Place, following: Sequence[Token]) -> bool:
    """Tell whether a prefixed name, read as SERVICE in part, would make a call: a group follows, or a term and one."""
    if place.token.kind != "name" or place.previous.word in {"GRAPH", "NAMED", "FROM"}:
        return False
    rest = following[1:] if following and following[0].kind in {"variable", "iri", "name"} else following
    return any(tokens and tokens[0].text == "{" for tokens in (following, rest))


def _or(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


_CHECKS: tuple[Callable[[_Code], None], ...] = (
    _check_characters,
    _check_brackets,
    _check_number,
    _check_form,
    _check_words,
    _check_prefixes,
    _check_comparisons,
)
"""The checks, in their order."""
