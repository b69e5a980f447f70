"""SPARQL text as tokens: the terminals of https://www.w3.org/TR/sparql11-query/#sparqlGrammar, nothing left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["BRACKETS", "KEYWORDS", "UPDATES", "Token", "find_position", "is_iri", "read_tokens"]

_HEX = "[0-9A-Fa-f]"
_PLANES = r"0000(?![Dd][89A-Fa-f])|000[1-9A-Fa-f]|0010"
_CODE = rf"\\u(?![Dd][89A-Fa-f]){_HEX}{{4}}|\\U(?:{_PLANES}){_HEX}{{4}}"
_ESCAPE = rf"\\[tbnrf\"'\\]|{_CODE}"

# Names may hold any character beyond ASCII: the parser knows better, and takes none of them for anything else. The
# classes say what they leave out, which compiles ten times faster than what they hold.
_LETTER = r"[^\x00-@\[-`{-\x7f]"
_START = r"[^\x00-/:-@\[-^`{-\x7f]"
_NAME = r"[^\x00-,./:-@\[-^`{-\x7f]"
_ESCAPED = rf"%{_HEX}{{2}}|\\[_~.\-!$&'()*+,;=/?#@%]"
# A prefix has an end, or a text of 60 KB like "a.a.a." would be read anew from each of its letters.
_PREFIX = rf"{_LETTER}{_NAME}{{0,80}}+(?>(?:\.{{1,9}}+{_NAME}{{1,80}}+){{0,4}})"
_LOCAL = rf"(?:[:]|{_START}|{_ESCAPED})(?:\.*(?:[:]|{_NAME}|{_ESCAPED}))*"

# The order is that of the parser that runs the query, and a string with a wrong escape is no string: what we took for a
# string and the parser for code would carry anything past the guard.
_TERMINALS = {
    "space": r"[ \t\r\n]++",
    "comment": r"\#[^\r\n]*+",
    "iri": rf"<(?>(?:[^<>\"{{}}|^`\\\x00-\x20]|{_CODE})*)>",
    "string": (
        rf"'''(?>(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*)'''|\"\"\"(?>(?:\"{{0,2}}(?:[^\"\\]|{_ESCAPE}))*)\"\"\""
        rf"|'(?>(?:[^'\\\r\n]|{_ESCAPE})*)'|\"(?>(?:[^\"\\\r\n]|{_ESCAPE})*)\""
    ),
    "variable": rf"[?$]{_START}++",
    "blank": rf"_:{_START}{_NAME}*+(?>(?:\.++{_NAME}++)*)",
    "name": rf"(?:{_PREFIX})?:(?:{_LOCAL})?",
    "language": r"@[A-Za-z]++(?>(?:-[A-Za-z0-9]++)*)(?:--[A-Za-z]++)?",
    "number": r"(?:[0-9]++\.[0-9]*+|\.[0-9]++|[0-9]++)[eE][+-]?[0-9]++|[0-9]*\.[0-9]++|[0-9]++",
    "word": r"[A-Za-z][A-Za-z0-9_]*+",
    "mark": r"<<\(|\)>>|<<|>>|\{\||\|\}|\^\^|\|\||&&|!=|<=|>=|[{}()\[\];,.=<>!+*/|^?~-]",
    "other": r".",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _TERMINALS.items()), re.DOTALL)
_IRI = re.compile(_TERMINALS["iri"])

BRACKETS: dict[str, str] = {"(": ")", "[": "]", "{": "}", "<<": ">>", "<<(": ")>>", "{|": "|}"}
"""The brackets, and what closes each."""

_WORDS = """
A ABS ADJUST AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL COALESCE CONCAT CONSTRUCT CONTAINS COUNT DATATYPE DAY DESC
DESCRIBE DISTINCT ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HASLANG HASLANGDIR HAVING
HOURS IF IN IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR LANGMATCHES LATERAL LCASE LIMIT MAX
MD5 MIN MINUS MINUTES MONTH NAMED NOT NOW OBJECT OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED REGEX REPLACE
ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT
STRENDS STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TRIPLE TRUE TZ UCASE UNDEF UNION URI
UUID VALUES VERSION WHERE YEAR
"""
KEYWORDS = frozenset(_WORDS.split())
"""The words of a query, functions included, in capitals."""

UPDATES = frozenset(
    {"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "INTO", "LOAD", "MOVE", "USING", "WITH"}
)
"""The words that stand in updates alone."""


class Token(NamedTuple):
    """A piece of SPARQL text: its kind (a name of the terminals, or ``other``), its text, and its offset."""

    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        """Give a keyword in capitals, or the empty string for all other tokens."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def is_code(self) -> bool:
        """Tell whether the token is more than space or a comment."""
        return self.kind not in {"space", "comment"}


def read_tokens(text: str) -> Iterator[Token]:
    """Read a text as tokens; their texts, joined, are the text."""
    for match in _TOKEN.finditer(text):
        yield Token(match.lastgroup or "other", match[0], match.start())


def is_iri(text: str, offset: int) -> bool:
    """Tell whether an IRI in angle brackets begins at an offset of a text."""
    return _IRI.match(text, offset) is not None


def find_position(text: str, offset: int) -> tuple[int, int]:
    """Give the line and the column, both from 1, of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
