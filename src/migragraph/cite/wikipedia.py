"""Citations as templates of Wikipedia: cite news and cite web, or their Vietnamese sisters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote

from migragraph.cite.citation import AuthorityCitation, Citation, GraphCitation, SourceCitation
from migragraph.cite.text import write_note, write_title
from migragraph.wording import choose_form, say
from migragraph.wrapping import show_line

__all__ = ["render_wikipedia"]

# https://en.wikipedia.org/wiki/Template:Cite_news, https://vi.wikipedia.org/wiki/Bản_mẫu:Chú_thích_báo
_NAMES: Mapping[str, tuple[str, str]] = {
    "news": ("cite news", "chú thích báo"),
    "web": ("cite web", "chú thích web"),
    "author": ("author", "tác giả"),
    "title": ("title", "tên bài"),
    "trans-title": ("trans-title", "trans-title"),
    "url": ("url", "url"),
    "work": ("work", "tác phẩm"),
    "publisher": ("publisher", "nhà xuất bản"),
    "date": ("date", "ngày"),
    "language": ("language", "ngôn ngữ"),
    "quote": ("quote", "trích dẫn"),
    "trans-quote": ("trans-quote", "trans-quote"),
    "type": ("type", "type"),
}
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "{{!}}",
    "[": "&#91;",
    "]": "&#93;",
    "{": "&#123;",
    "}": "&#125;",
    "''": "&#39;&#39;",
}
_SPECIAL = re.compile(r"''|[&<>|\[\]{}]")
_IN_URL = "!#$%&()*+,-./:;=?@_~"


def render_wikipedia(citations: Iterable[Citation], language: str) -> str:
    """Write citations as templates, one a line, followed by what no parameter holds."""
    return "".join(f"{_write(citation, language)}\n" for citation in citations)


def _write(citation: Citation, language: str) -> str:
    if isinstance(citation, AuthorityCitation):
        read_in = "; ".join(citation.authority.read_in)
        told = (
            f"{citation.authority.title}, {say('read in', language)}: {read_in}"
            if read_in
            else citation.authority.title
        )
        return f"{_escape(told)}."
    if isinstance(citation, GraphCitation):
        return _fill("web", _describe_graph(citation, language), language)
    template = _fill("news" if citation.source.is_news else "web", _describe_source(citation), language)
    inferred = say("inferred from the words", language) if citation.is_inferred else ""
    after = "; ".join(part for part in (inferred, citation.speaker, write_note(citation, language)) if part)
    return f"{template} ({_escape(after)})" if after else template


def _describe_source(citation: SourceCitation) -> dict[str, str]:
    source = citation.source
    has_own_title = bool(source.page_title)
    return {
        "title": _escape(source.page_title or write_title(citation)),
        "trans-title": _escape(source.title) if has_own_title and not source.is_description else "",
        "url": quote(citation.url, safe=_IN_URL),
        "work" if source.is_news else "publisher": _escape(source.publisher),
        "date": _escape(source.date.value) if source.date else "",
        "language": _escape(source.cited_language),
        "trans-quote" if source.is_translation else "quote": _escape(citation.quote),
    }


def _describe_graph(citation: GraphCitation, language: str) -> dict[str, str]:
    graph = citation.graph
    kind = f"{say('data set', language)}, {say('version', language)} {graph.version}"
    return {
        "author": _escape(", ".join(graph.authors)),
        "title": _escape(graph.title),
        "url": quote(citation.url, safe=_IN_URL),
        "date": _escape(graph.date.value) if graph.date else "",
        "type": _escape(kind),
    }


def _fill(template: str, parameters: Mapping[str, str], language: str) -> str:
    filled = [f" |{choose_form(_NAMES[name], language)}={value}" for name, value in parameters.items() if value]
    return f"{{{{{choose_form(_NAMES[template], language)}{''.join(filled)}}}}}"


@lru_cache(maxsize=2_000)
def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ENTITIES[found[0]], show_line(text))
