"""Citations as BibTeX, in the entry types of biblatex (https://ctan.org/pkg/biblatex): online, dataset, misc."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from migragraph.cite.citation import AuthorityCitation, Citation, GraphCitation, SourceCitation
from migragraph.cite.text import write_note, write_title
from migragraph.wording import say
from migragraph.wrapping import show_line

__all__ = ["render_bibtex"]

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
}
_SPECIAL = re.compile(r"[\\{}~^&%$#_]")
_LANGUAGES = {"en": "english", "vi": "vietnamese"}

Fields = Iterator[tuple[str, str]]


def render_bibtex(citations: Iterable[Citation], language: str) -> str:
    """Write citations as BibTeX, an entry for each; what is not known (a date, an address) is left out."""
    return "\n".join(_write(citation, language) for citation in citations)


def _write(citation: Citation, language: str) -> str:
    kind, fields = _describe(citation, language)
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@{kind}{{{citation.key},\n{lines}}}\n"


def _describe(citation: Citation, language: str) -> tuple[str, Fields]:
    if isinstance(citation, GraphCitation):
        return "dataset", _describe_graph(citation, language)
    if isinstance(citation, AuthorityCitation):
        return "misc", _describe_authority(citation, language)
    return ("online" if citation.url else "misc"), _describe_source(citation, language)


def _describe_source(citation: SourceCitation, language: str) -> Fields:
    source = citation.source
    yield "title", f"{{{_escape(write_title(citation))}}}"
    if source.publisher:
        yield "organization", f"{{{_escape(source.publisher)}}}"
    if source.date:
        yield "date", _escape(source.date.value)
    if citation.url:
        yield "url", _encode(citation.url)
    if language_ := source.cited_language:
        yield "langid", _LANGUAGES.get(language_, language_)
    quote = f"“{citation.quote}”" if citation.quote else ""
    before = say("inferred from", language) if citation.is_inferred else ""
    note = "; ".join(
        part for part in (f"{before} {quote}".strip(), citation.speaker, write_note(citation, language)) if part
    )
    if note:
        yield "note", _escape(note)


def _describe_authority(citation: AuthorityCitation, language: str) -> Fields:
    yield "title", f"{{{_escape(f'[{citation.authority.title}]')}}}"
    if citation.authority.read_in:
        yield "note", _escape(f"{say('read in', language)}: {'; '.join(citation.authority.read_in)}")


def _describe_graph(citation: GraphCitation, language: str) -> Fields:
    graph = citation.graph
    if graph.authors:
        yield "author", " and ".join(f"{{{_escape(author)}}}" for author in graph.authors)
    yield "title", f"{{{_escape(graph.title)}}}"
    yield "version", _escape(graph.version)
    if graph.date:
        yield "date", _escape(graph.date.value)
    yield "url", _encode(citation.url)
    yield "note", _escape(f"{say('licence', language)} {graph.licence}")


@lru_cache(maxsize=2_000)
def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], show_line(text))


def _encode(url: str) -> str:
    """Encode what would end a field, which biblatex otherwise takes as it is in an address."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
