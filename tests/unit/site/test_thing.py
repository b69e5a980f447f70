"""The pages of the bundled things: anchors, links, sizes, and what each page tells."""

from __future__ import annotations

import gc
import json
import posixpath
import re
from collections import Counter
from collections.abc import Mapping

import pytest
from pyoxigraph import NamedNode
from tests.unit.site import Reader

from migragraph.bibliography import Bibliography
from migragraph.cite import STYLES, collect_citations
from migragraph.dataset import Dataset
from migragraph.evidence import measure_coverage
from migragraph.labels import collect_labels
from migragraph.namespaces import RDF, SCHEMA
from migragraph.site import Site
from migragraph.site.rendering import render_document
from migragraph.site.thing import Things

KB = 1000
THING, SOURCE = 60 * KB, 150 * KB
BASE = "https://w3id.org/migragraph/"
BALI = "viet-nam/source/baoquocte-278827-en"
FIGURE = "viet-nam/observation/contract-workers-abroad-2024-07-baoquocte-278827-en"

Pages = Mapping[str, str]


@pytest.fixture(scope="module")
def site(bundled: Dataset) -> Site:
    return Site(bundled)


@pytest.fixture(scope="module")
def pages(site: Site) -> Pages:
    """Render every page but those of the documents that define, which are pages of another kind."""
    things, definers = Things(site), site.definers
    documents = [document for iri, document in site.documents.items() if iri not in definers]
    return {
        name: data.decode()
        for document in documents
        for name, data in things.render(document)
        if isinstance(data, bytes)
    }


@pytest.fixture(scope="module")
def read(pages: Pages) -> Mapping[str, Reader]:
    return {name: Reader(text) for name, text in pages.items()}


def files(path: str) -> tuple[str, str]:
    return f"{path}.html", f"{path}.vi.html"


@pytest.mark.xdist_group("bundled-pages")
class TestBundledPages:
    def test_each_document_has_a_page_in_each_language(self, site: Site, pages: Pages) -> None:
        expected = {name for document in site.documents.values() for name in files(document.path)}
        assert expected - pages.keys() == {*files("ontology"), *files("shapes")}
        assert all("~p" in name for name in pages.keys() - expected)

    def test_what_is_described_with_a_hash_has_its_anchor(
        self, site: Site, bundled: Dataset, read: Mapping[str, Reader]
    ) -> None:
        nodes = [node.value.partition("#") for node in bundled.index if node.value.startswith(BASE)]
        wanted = [(site.documents[iri].path, anchor) for iri, sign, anchor in nodes if sign]
        missing = [
            (name, anchor) for path, anchor in wanted for name in files(path) if anchor not in read[name].anchors
        ]
        assert len(wanted) > 5000
        assert missing == []

    def test_no_anchor_is_there_twice(self, read: Mapping[str, Reader]) -> None:
        twice = {
            name: [one for one, count in Counter(page.anchors).items() if count > 1] for name, page in read.items()
        }
        assert {name: some for name, some in twice.items() if some} == {}

    def test_no_link_within_the_things_is_broken(self, site: Site, read: Mapping[str, Reader]) -> None:
        views = {site.page(view.path, language).file for view in site.views for language in site.languages}
        elsewhere = {*views, *files("ontology"), *files("shapes"), "assets/site.css", "assets/favicon.svg"}
        broken = set()
        for name, page in read.items():
            for href, values in page.links:
                if re.match(r"[a-z]+:", href) or (values.get("type") or "").startswith(("text/", "application/")):
                    continue
                path, _, anchor = href.partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                if target in elsewhere:
                    continue
                if target not in read or (anchor and anchor not in read[target].anchors):
                    broken.add((name, href))
        assert broken == set()

    def test_pages_are_small(self, pages: Pages) -> None:
        sizes = {name: len(text.encode()) for name, text in pages.items()}
        limits = {name: SOURCE if "/source/" in name else THING for name in sizes}
        assert {name: size for name, size in sizes.items() if size > limits[name]} == {}
        assert max(sizes[name] for path in ("place", "actor") for name in files(f"viet-nam/{path}/viet-nam")) < THING

    def test_no_script_is_run(self, read: Mapping[str, Reader], pages: Pages) -> None:
        for name, page in read.items():
            assert page.tags["script"] == len(page.scripts) == (0 if "~p" in name else 1), name
            assert " onclick" not in pages[name]
        assert all('<script type="application/ld+json">' in text for name, text in pages.items() if "~p" not in name)

    def test_a_source_shows_its_passages_and_what_they_bear_out(
        self, bundled: Dataset, read: Mapping[str, Reader]
    ) -> None:
        coverage = measure_coverage(bundled)
        counts = coverage.sources["source:baoquocte-278827-en"]
        sole = next(len(one.facts) for one in coverage.sole if one.source == "source:baoquocte-278827-en")
        page = read[f"{BALI}.html"]
        assert sum(anchor.startswith("passage-") for anchor in page.anchors) > 340
        assert f"Its words state {counts['passage']} facts; {counts['inference']} more" in page.text
        assert f"{sole} facts hang on this source alone" in page.text
        assert "the text that was read is a translation of it into English" in page.text
        assert (
            "Currently, there are approximately 650,000 Vietnamese workers employed abroad under contract" in page.text
        )

    def test_a_figure_stands_large_with_its_hedge(self, pages: Pages, read: Mapping[str, Reader]) -> None:
        assert "<strong>approximately 650,000 people</strong>" in pages[f"{FIGURE}.html"]
        assert "<strong>xấp xỉ 650.000 người</strong>" in pages[f"{FIGURE}.vi.html"]
        derived = read["viet-nam/observation/contract-departures-men-2023-derived.html"].text
        assert "derived from: People who went from Viet Nam to work abroad under contract, 2023: 159,986" in derived

    def test_a_statement_begins_with_who_said_it(self, pages: Pages) -> None:
        text = pages["viet-nam/statement/beresford-new-zealand-ready-to-cooperate.html"]
        names = re.findall(r"<dt><a[^>]*>([^<]*)</a></dt>", text)
        assert names[:4] == ["speaker", "in post", "made at", "mode of speech"]

    def test_an_unknown_says_of_what_and_why(self, pages: Pages) -> None:
        facts = pages["viet-nam/unknown/actual-remittances.html"].partition('<details class="quietly">')[0]
        assert "Recorded remittances from international migration" in facts
        assert "not how much" in facts

    def test_a_participation_is_one_line(self, pages: Pages) -> None:
        text = pages["viet-nam/event/gcm-review-conference-2021.html"]
        line = next(line for line in text.splitlines() if '<dd id="participation-' in line)
        assert re.sub(r"<[^>]+>", "", line).startswith("Ministry of Foreign Affairs of Viet Nam, organiser")

    def test_a_scheme_lists_its_concepts_by_their_notations(self, read: Mapping[str, Reader]) -> None:
        text = read["scheme/gcm-objective.html"].text
        numbers = [
            text.index(f" {number} {title}") for number, title in ((2, "Minimize"), (9, "Strengthen"), (10, "Pre"))
        ]
        assert numbers == sorted(numbers)
        assert "has top concept" not in text

    def test_a_text_in_another_language_says_so(self, pages: Pages) -> None:
        text = pages["viet-nam/statement/beresford-new-zealand-ready-to-cooperate.vi.html"]
        assert '<h1><span lang="en">Beresford: New Zealand' in text
        own = pages["viet-nam/statement/beresford-new-zealand-ready-to-cooperate.html"]
        assert "<h1>Beresford: New Zealand" in own
        assert '<span lang="en">' not in own

    def test_the_bookkeeping_is_closed(self, pages: Pages) -> None:
        quiet = pages[f"{FIGURE}.html"].partition('<details class="quietly">')[2].partition("</details>")[0]
        assert "data set" in quiet
        assert "650,000" not in quiet
        assert "<details open" not in pages[f"{FIGURE}.html"]

    def test_the_provenance_is_told(self, bundled: Dataset, read: Mapping[str, Reader]) -> None:
        graph = Bibliography(bundled, collect_labels(bundled), "en").graph
        text = read[f"{FIGURE}.html"].text
        assert "Described in data/statistics.ttl" in text
        assert "Facts by what bears them out stated: 7; inferred: 2; needs no evidence: 5" in text
        assert f"{graph.title}, version {graph.version}, 22 November 2026, licence {graph.licence}" in text
        assert "Defined in the ontology" in read["scheme/gcm-objective/10.html"].text

    def test_the_citations_are_those_of_the_command(self, bundled: Dataset, read: Mapping[str, Reader]) -> None:
        labels, thing = collect_labels(bundled), NamedNode(BASE + FIGURE)
        text = "".join(read[f"{FIGURE}.html"].words)
        for style, render in STYLES.items():
            assert render(collect_citations(bundled, labels, thing, "en"), "en").strip() in text, style
        assert STYLES["text"](collect_citations(bundled, labels, thing, "vi"), "vi").strip() in text

    def test_what_is_told_to_search_engines_is_in_the_graph(self, bundled: Dataset, read: Mapping[str, Reader]) -> None:
        types: dict[str, set[str]] = {}
        for triple in bundled.default:
            if triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
                types.setdefault(triple.subject.value, set()).add(triple.object.value)  # type: ignore[union-attr]
        told = Counter[str]()
        for name, page in read.items():
            for script in page.scripts:
                thing = json.loads(script)
                kinds = thing["@type"] if isinstance(thing["@type"], list) else [thing["@type"]]
                own = {one.removeprefix(str(SCHEMA)) for one in types[thing["@id"]] if one.startswith(str(SCHEMA))}
                assert set(kinds) == (own or {"Thing"}), name
                told.update(kinds)
        assert {"Event", "Organization", "Person", "NewsArticle", "Thing"} <= told.keys()

    def test_the_view_of_an_event_is_that_of_schema_org(self, read: Mapping[str, Reader]) -> None:
        thing = json.loads(read["viet-nam/event/gcm-review-conference-2021.vi.html"].scripts[0])
        assert thing["@context"] == "https://schema.org"
        assert thing["url"] == thing["@id"] == f"{BASE}viet-nam/event/gcm-review-conference-2021"
        assert thing["subjectOf"]["inLanguage"] == "vi"
        assert {"@id": f"{BASE}viet-nam/source/vietnamtimes-37984"} in thing["subjectOf"]["isBasedOn"]


def test_rendering_leaves_no_garbage(bundled: Dataset) -> None:
    """Hold that what a page was made from goes with it: a worker makes thousands before it collects any garbage."""
    site = Site(bundled)
    things, documents = Things(site), list(site.documents.values())[:60]
    for document in documents:
        list(render_document(things, document, site.definers))
    gc.collect()
    for document in documents:
        list(render_document(things, document, site.definers))
    assert gc.collect() < len(documents)
