"""What the pages about the model show: the validation, the coverage, the context, the changes, how to cite."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from migragraph.cite import STYLES, collect_citations
from migragraph.evidence import Coverage
from migragraph.report import Finding, Report
from migragraph.report.grouping import group_by_file
from migragraph.report.words import list_facts, name_file
from migragraph.site.pages import Page
from migragraph.site.site import LARGE, Site
from migragraph.spelling import write_number

if TYPE_CHECKING:
    from markdown_it.token import Token
    from markupsafe import Markup

__all__ = [
    "CHANGELOG",
    "Findings",
    "Group",
    "describe_context",
    "list_citations",
    "measure_support",
    "read_changes",
    "render_context",
    "validate_site",
]

CHANGELOG = "CHANGELOG.md"
_FEW = 20
"""How many places of alike findings are listed."""


class Group(NamedTuple):
    """Alike findings: how grave they are, what is wrong and what to do, the first things they are about, how many."""

    severity: str
    message: str
    advice: str
    things: Sequence[str]
    size: int


class Findings(NamedTuple):
    """A report: how many findings of each severity, what was checked, notes, groups by file; or why there is none."""

    counts: Sequence[tuple[str, str]]
    checked: str
    notes: Sequence[str]
    files: Sequence[tuple[str, Sequence[Group]]]
    excuse: str = ""


def validate_site(site: Site, page: Page) -> Findings:
    """Run every check of the project, once for all languages; a large graph is not checked with each build."""
    if site.is_large:
        counts = (site.dataset.size, LARGE)
        count, limit = (write_number(str(number), page.language) for number in counts)
        return Findings((), "", (), (), page.say("validation-too-large", count=count, limit=limit))
    return _tell_report(site.report, site, page)


def _tell_report(report: Report, site: Site, page: Page) -> Findings:
    files = [
        (name_file(file, site.layout.root) or "", [_tell_group(group.findings, report) for group in groups])
        for file, groups in group_by_file(report.findings)
    ]
    counts = [(one.value, write_number(str(number), page.language)) for one, number in report.counts.items()]
    triples, count = (write_number(str(number), page.language) for number in (report.triples, report.files))
    checks = ", ".join(page.say(f"check-{name}") for name in report.checks)
    checked = page.say("validation-checked", triples=triples, files=count, checks=checks)
    return Findings(counts, checked, report.notes, files)


def _tell_group(findings: Sequence[Finding], report: Report) -> Group:
    first = findings[0]
    facts = list_facts(first, report.prefixes)
    things = tuple(dict.fromkeys(finding.focus for finding in findings if finding.focus))
    return Group(first.severity.value, first.message, facts.get("do", ""), things[:_FEW], len(findings))


def measure_support(site: Site, page: Page) -> Coverage:
    """Count by what the facts are supported, by class and property."""
    return site.coverage


def describe_context(site: Site, page: Page) -> Mapping[str, object]:
    """Give the JSON-LD context: its terms, sorted by name."""
    context = site.downloads.context
    terms = sorted(context.terms.values(), key=lambda term: term.name.casefold())
    return {"terms": terms}


def render_context(site: Site) -> Iterator[tuple[str, bytes]]:
    """Render the JSON-LD context as a file, beside the page that explains it."""
    context = {"@context": site.downloads.context.json()}
    yield "model/context.jsonld", (json.dumps(context, ensure_ascii=False, indent=1) + "\n").encode()


def list_citations(site: Site, page: Page) -> Mapping[str, str]:
    """Give the citation of the graph in every style."""
    cited = collect_citations(site.dataset, site.labels, None, page.language)
    return {style: render(cited, page.language) for style, render in STYLES.items()}


def read_changes(site: Site, page: Page) -> Markup | None:
    """Read the project's CHANGELOG.md as HTML, its own HTML left as text; None where there is none."""
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    path = site.layout.root / CHANGELOG
    if not path.is_file():
        return None
    # The preset has no raw HTML, and lets no link but http, https and mailto through.
    reader = MarkdownIt("js-default", {"html": False})
    tokens = _fit_headings(reader.parse(path.read_text("utf-8", errors="replace")))
    return Markup(reader.renderer.render(tokens, reader.options, {}))


def _fit_headings(tokens: list[Token]) -> list[Token]:
    """Leave out the title at the beginning, since the page has its own, and no level between the headings."""
    if [token.tag for token in tokens[:3]] == ["h1", "", "h1"]:
        tokens = tokens[3:]
    level = 1
    for token in tokens:
        if token.type == "heading_open":
            level = min(max(int(token.tag[1]), 2), level + 1)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"
    return tokens
