"""Tokens of Turtle, TriG, N-Triples, N-Quads and SPARQL, by one regular expression that never backtracks."""

from __future__ import annotations

import re

__all__ = ["BLOCK", "PLAIN_BLOCK", "TOKEN", "read_string", "read_value", "unescape"]

# https://www.w3.org/TR/turtle/#sec-grammar-grammar with the variables of SPARQL and the brackets of RDF 1.2. Letters
# are taken more widely than there: faults are the parser's affair. All repetition is possessive.
LETTER = r"[^\W\d_]"
INNER = r"[\w\-\u00B7]"
ESCAPED = r"\\[_~.\-!$&'()*+,;=/?\#@%]"
LOCAL = rf"(?:[\w:\-\u00B7]++|%[0-9A-Fa-f]{{2}}|{ESCAPED})"
COMMENT = r"\#[^\r\n]*+"
STRING = r"""
    \"\"\"(?>(?:[^"\\]++|\\.|"{1,2}(?!"))*)\"\"\" | \'\'\'(?>(?:[^'\\]++|\\.|'{1,2}(?!'))*)\'\'\'
    | "(?>(?:[^"\\\r\n]++|\\.)*)" | '(?>(?:[^'\\\r\n]++|\\.)*)'
"""
IRI = r"""<(?>(?:[^\x00-\x20<>"{}|^`\\]++|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)>"""
NAME = rf"(?:{LETTER}(?>(?:{INNER}++|\.++(?={INNER}))*))?:(?:{LOCAL}(?>(?:{LOCAL}|\.++(?={LOCAL}))*))?"
BLANK = rf"_:\w(?>(?:{INNER}++|\.++(?={INNER}))*)"
TAG = r"@[A-Za-z]++(?>(?:-++[A-Za-z0-9]++)*)"
WORD = rf"[?$]\w++ | (?:{LETTER}|_)(?>(?:{INNER}++|\.++(?={INNER}))*)"
NUMBER = r"[+-]?(?:\d++(?:\.\d++)?|\.\d++)(?:\.?[eE][+-]?\d++)?"
TOKEN = re.compile(
    rf"""
      (?P<space>[\s\ufeff]++ | {COMMENT})
    | (?P<string>{STRING})
    | (?P<iri>{IRI})
    | (?P<name>{NAME})
    | (?P<blank>{BLANK})
    | (?P<tag>{TAG})
    | (?P<word>{WORD})
    | (?P<number>{NUMBER})
    | (?P<open><<\(?|\{{\||[\[({{])
    | (?P<close>\)?>>|\|\}}|[\])}}])
    | (?P<mark>\^\^|.)
    """,
    re.VERBOSE | re.DOTALL,
)
# What reaches from one end of a statement, or brace of a graph, to the next, in the same tokens. Its first term, if it
# begins with one, is a group.
HEAD = rf"""
    (?>(?:[\s\ufeff]++ | {COMMENT})*)
    (?>(?:(?P<iri>{IRI}) | (?P<name>{NAME}) | (?P<blank>{BLANK}))?)
"""
BLOCK = re.compile(
    rf"""
    {HEAD}
    (?>(?: [\s\ufeff;,\[\]()]++ | {NAME} | {STRING} | {IRI} | {BLANK} | {TAG} | {WORD} | {NUMBER} | {COMMENT}
      | \{{\| | \|\}} | [^.{{}}]
    )*)
    [.{{}}]?+
    """,
    re.VERBOSE | re.DOTALL,
)
# The same ten times as fast, since it looks at single characters only near full stops. Where these do not tell whether
# one ends the statement (1.ex:a, ex:a..b) it does not match.
PLAIN_BLOCK = re.compile(
    rf"""
    {HEAD}
    (?>(?: [^.{{}}"'<\#@|\\]++ | {STRING} | {IRI} | {TAG}(?!\.[\w:%\-\u00B7\\.]) | {COMMENT}
      | (?<=[^\W\d]|[\-\u00B7])\.(?={INNER}) | \.(?=\d) | (?<=[\w:%\-\u00B7]){ESCAPED} | \{{\| | \|\}} | [<|]
    )*)
    (?: [{{}}] | \.(?![\w:%\-\u00B7\\.]) | \Z )
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
CONTROLS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def unescape(text: str) -> str:
    """Give what the escapes of an IRI, a name or a string stand for."""

    def char(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return CONTROLS.get(match[3], match[3]) if code is None else chr(min(int(code, 16), 0x10FFFF))

    return ESCAPE.sub(char, text) if "\\" in text else text


def read_string(token: str) -> str:
    """Give what a string says, without its quotes and escapes."""
    width = 3 if token.startswith(('"""', "'''")) else 1
    return unescape(token[width:-width])


def read_value(term: str) -> str:
    """Give the IRI, or the text of the literal, that a term in N-Triples form is; a blank node as it is."""
    if term.startswith("<"):
        return unescape(term[1:-1])
    return read_string(term[: term.rindex('"') + 1]) if term.startswith('"') else term
