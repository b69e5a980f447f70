"""Citations as text, one a line, to be pasted."""

from __future__ import annotations

from collections.abc import Iterable

from migragraph.cite.citation import AuthorityCitation, Citation, GraphCitation, SourceCitation
from migragraph.spelling import write_date
from migragraph.wording import say
from migragraph.wrapping import show_line

__all__ = ["render_text", "write_note", "write_title"]


def render_text(citations: Iterable[Citation], language: str) -> str:
    """Write citations as text: words, speaker, title, publisher, date or "n.d.", address."""
    return "\n".join(show_line(_write(citation, language)) for citation in citations) + "\n"


def write_title(citation: SourceCitation) -> str:
    """Write the headline of a source, or, in square brackets, what the graph calls one whose headline is not known."""
    return f"[{citation.source.title}]" if citation.source.is_description else citation.source.title


def write_note(citation: SourceCitation, language: str) -> str:
    """Say that the words are from a translation of the page, or the empty string."""
    source = citation.source
    if not source.is_translation:
        return ""
    page, phrase = say(source.page_language, language), say(source.language, language)
    return say("translated" if citation.quote else "translated text", language, page=page, phrase=phrase)


def _write(citation: Citation, language: str) -> str:
    if isinstance(citation, GraphCitation):
        return _write_graph(citation, language)
    if isinstance(citation, AuthorityCitation):
        read_in = "; ".join(citation.authority.read_in)
        title = f"[{citation.authority.title}]"
        return f"{title}, {say('read in', language)}: {read_in}." if read_in else f"{title}."
    return _write_source(citation, language)


def _write_source(citation: SourceCitation, language: str) -> str:
    source = citation.source
    title = write_title(citation) if source.is_description else f"“{source.title}”"
    date = write_date(source.date, language) if source.date else say("no date", language)
    parts = [_write_words(citation, language), title, source.publisher, date, citation.url]
    note = write_note(citation, language)
    told = f"{', '.join(part for part in parts if part)}{f' ({note})' if note else ''}"
    # An address would seem to hold the full stop after it.
    return told if told.endswith((".", citation.url or ".")) else f"{told}."


def _write_words(citation: SourceCitation, language: str) -> str:
    if not citation.quote:
        return ""
    before = f"{say('inferred from', language)} " if citation.is_inferred else ""
    return f"{before}“{citation.quote}”{f' ({citation.speaker})' if citation.speaker else ''}"


def _write_graph(citation: GraphCitation, language: str) -> str:
    graph = citation.graph
    date = write_date(graph.date, language) if graph.date else say("no date", language)
    title = f"“{graph.title}” [{say('data set', language)}]"
    version = f"{say('version', language)} {graph.version}"
    licence = f"{say('licence', language)} {graph.licence}"
    return ", ".join((*graph.authors, title, version, date, licence, citation.url))
