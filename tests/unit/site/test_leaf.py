"""The page of a thing in projects that a test writes: hostile values, many mentions, hashes, reports, groups."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pytest
from tests.unit.conftest import ProjectWriter
from tests.unit.site import Reader

from migragraph.dataset import build
from migragraph.layout import Layout, load_layout
from migragraph.site import Site
from migragraph.site.digests import Digester
from migragraph.site.mentions import ON_PAGE, SHOWN
from migragraph.site.thing import Things

HEAD = """@prefix ex: <https://example.org/town/> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7 * 7 }} \u202e\u2066 \u0000\u0007"


def quote(text: str) -> str:
    """Write a string as Turtle has it."""
    return (
        '"'
        + "".join(f"\\U{ord(letter):08X}" if letter in '"\\\n' or ord(letter) < 32 else letter for letter in text)
        + '"'
    )


def render(layout: Layout) -> Mapping[str, str]:
    things = Things(Site(build(layout)))
    documents = things.site.documents.values()
    return {
        name: data.decode()
        for document in documents
        for name, data in things.render(document)
        if isinstance(data, bytes)
    }


def describe(layout: Layout, more: str) -> Layout:
    path = layout.root / "migragraph.toml"
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    return load_layout(layout.root)


@pytest.fixture
def hostile(write_project: ProjectWriter) -> Mapping[str, str]:
    """Render a thing whose label, values, evidence and addresses are all made to do harm."""
    text = quote(HOSTILE)
    data = f"""{HEAD}
ex:bad a mg:Event ; rdfs:label {text}@en ; mg:gist {text}@en ; mg:nickname {text} ; mg:long {quote("long " * 2000)} ;
    schema:sameAs <javascript:alert(1)>, "javascript:alert(2)"^^xsd:anyURI, <https://example.org/fine> ;
    schema:url "javascript:alert(3)", "https://example.org/\\" onclick=\\"alert(4)"^^xsd:anyURI ;
    mg:arabic "مرحبا (1)" ;
    mg:friend <javascript:alert(5)> ;
    mg:evidence [ a mg:Evidence ; mg:property mg:gist ; mg:basis mg:inferred ; mg:reason {text}@en ] ,
      [ a mg:Evidence ; mg:property mg:nickname ; mg:basis mg:stated ; mg:speaker ex:bad ;
        oa:hasTarget [ a oa:SpecificResource ; oa:hasSource ex:source ;
          oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact {text} ] ] ] .
ex:source a schema:NewsArticle ; rdfs:label {text}@en ; schema:headline {text} ; schema:url "javascript:alert(6)" .
ex:other rdfs:label "Other"@en ; mg:friend ex:bad .
"""
    return render(describe(write_project({"one.ttl": data}), '[site]\nreport = "mailto:x@example.org?body={body}"\n'))


@pytest.mark.parametrize("name", ["town/bad.html", "town/bad.vi.html", "town/source.html", "town/other.html"])
def test_what_is_hostile_is_inert(hostile: Mapping[str, str], name: str) -> None:
    page = hostile[name]
    read = Reader(page)
    assert (read.tags["script"], read.tags["img"]) == (1, 0)
    assert "<script>alert(1)</script>" in read.text
    assert [name for _, name, _ in read.attributes if name.startswith("on")] == []
    assert [value for _, name, value in read.attributes if name in ("href", "cite", "src") and "script:" in value] == []
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]", page)
    assert "{{ 7 * 7 }}" in page
    assert "\u2400" in page


def test_what_is_hostile_does_not_end_the_script_that_tells_of_it(hostile: Mapping[str, str]) -> None:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', hostile["town/bad.html"], re.DOTALL)
    thing = json.loads(script)
    assert thing["name"].startswith("</script><script>alert(1)")
    assert thing["sameAs"] == ["https://example.org/fine"]


def test_what_steers_the_direction_is_kept_apart(hostile: Mapping[str, str]) -> None:
    page = hostile["town/bad.html"]
    assert '<span dir="auto">مرحبا (1)</span>' in page
    assert re.search(r'<h1><span dir="auto">', page)
    assert re.search(r'<a href="bad.html" dir="auto">', hostile["town/other.html"])


def test_a_long_value_opens(hostile: Mapping[str, str]) -> None:
    assert re.search(
        r'<details class="long"><summary>long long [^<]*… <span>the whole text</span></summary>long ',
        hostile["town/bad.html"],
    )
    assert "<span>toàn văn</span>" in hostile["town/bad.vi.html"]


def test_the_evidence_is_told_with_the_fact_that_it_bears_out(hostile: Mapping[str, str]) -> None:
    page = hostile["town/bad.html"]
    for number in re.findall(r'href="#note-(\d+)"', page):
        assert f'<li id="note-{number}" tabindex="-1">' in page
        assert f'id="mark-{number}"' in page
        assert f'href="#mark-{number}"' in page
    assert 'title="inferred"' in page
    assert re.search(r'href="source.html#passage-[0-9a-f]{10}"', page)


def test_each_fact_can_be_reported(hostile: Mapping[str, str]) -> None:
    page = hostile["town/bad.html"]
    links = re.findall(r'<a class="report" href="([^"]*)">report an error</a>', page)
    assert len(links) > 5
    assert all(re.match(r"mailto:x@example\.org\?body=\S*bad\S*%0D%0A", link) for link in links), links
    assert any("%3Cscript%3E" in link for link in links)
    assert "báo lỗi" in hostile["town/bad.vi.html"]


def test_nothing_is_reported_where_no_address_is_set(write_project: ProjectWriter) -> None:
    page = render(write_project({"one.ttl": HEAD + "ex:a mg:friend ex:b ."}))["town/a.html"]
    assert 'class="report"' not in page
    assert "report an error" not in page


def test_many_mentions_go_on_to_further_pages(write_project: ProjectWriter) -> None:
    count = SHOWN + ON_PAGE + 5
    many = "".join(f"ex:t{number:04} mg:friend ex:hub ; rdfs:label 'T{number}'@en .\n" for number in range(count))
    pages = render(write_project({"one.ttl": f"{HEAD}ex:hub rdfs:label 'Hub'@en .\nex:x mg:enemy ex:hub .\n{many}"}))
    names = ["town/hub.html", "town/hub~p2.html", "town/hub~p3.html"]
    linked = [re.findall(r'<a href="(t\d{4})\.html"', pages[name]) for name in names]
    assert [len(some) for some in linked] == [SHOWN, ON_PAGE, 5]
    assert len({one for some in linked for one in some}) == count
    assert f'<a href="hub~p2.html">and {count - SHOWN} more</a>' in pages[names[0]]
    assert '<link rel="next" href="hub~p2.html">' in pages[names[0]]
    assert '<link rel="prev" href="hub.html">' in pages[names[1]]
    assert '<a rel="next" href="hub~p3.html">' in pages[names[1]]
    assert 'rel="next"' not in pages[names[2]]
    assert "Page 3 of 3" in pages[names[2]]
    assert "town/hub~p2.vi.html" in pages
    assert 'hreflang="vi" href="hub~p2.vi.html"' in pages[names[1]]
    assert "town/hub~p4.html" not in pages


def test_the_pages_after_the_first_go_on_where_that_ends(write_project: ProjectWriter) -> None:
    two = "".join(
        f"ex:t{number:04} mg:friend ex:hub ; mg:enemy ex:hub .\n" for number in range(SHOWN + ON_PAGE // 2 + 1)
    )
    pages = render(write_project({"one.ttl": f"{HEAD}ex:hub rdfs:label 'Hub'@en .\n{two}"}))
    assert 'href="hub~p2.html">and 101 more' in pages["town/hub.html"]
    assert pages["town/hub~p2.html"].count("<h3>") == 2
    assert len(re.findall(r'<a href="t\d{4}', pages["town/hub~p3.html"])) == 2


def test_a_thing_with_a_hash_is_told_on_the_page_of_its_document(write_project: ProjectWriter) -> None:
    data = """<https://example.org/people#ann> rdfs:label "Ann"@en ; mg:friend <https://example.org/people#bob> .
<https://example.org/people#bob> rdfs:label "Bob"@en . ex:a mg:friend <https://example.org/people#bob> ."""
    pages = render(write_project({"one.ttl": HEAD + data}))
    page = pages["people.html"]
    assert '<section class="inner" id="ann"' in page
    assert '<a href="#bob">Bob</a>' in page
    assert page.count('id="bob"') == 1
    assert 'href="../people.html#bob"' in pages["town/a.html"]


def test_groups_of_the_shapes_are_headings(write_project: ProjectWriter) -> None:
    layout = write_project({"one.ttl": HEAD + "ex:a a mg:Event ; mg:zeta 1 ; mg:alpha 2 ; mg:beta 3 ."})
    shapes = """mg:S sh:targetClass mg:Event ; sh:property [ sh:path mg:beta ; sh:order 1 ; sh:group ex:G ] ,
      [ sh:path mg:zeta ; sh:order 1 ; sh:name "the last letter but some"@en ] .
    ex:G sh:order 1 ; rdfs:label "Grouped"@en ."""
    (layout.root / "shapes" / "one.ttl").write_text(HEAD + shapes, encoding="utf-8")
    text = re.sub(r"<[^>]+>", " ", render(layout)["town/a.html"].partition("<main")[2])
    words = [text.index(word) for word in ("the last letter but some", "alpha", "Grouped", "beta")]
    assert words == sorted(words)


def test_with_an_address_pages_are_told_by_it(write_project: ProjectWriter) -> None:
    layout = write_project({"one.ttl": HEAD + "ex:a a mg:Event ; rdfs:label 'A <b>'@en ; mg:gist 'What it is.'@en ."})
    page = render(describe(layout, '[site]\nurl = "https://example.org/site"\n'))["town/a.vi.html"]
    address = "https://example.org/site/town/a.vi.html"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<meta property="og:url" content="{address}">' in page
    assert '<link rel="alternate" hreflang="x-default" href="https://example.org/site/town/a.html">' in page
    assert '<meta name="description" content="What it is.">' in page
    assert f"&lt;blockquote cite=&#34;{address}&#34;" in page
    assert "A &amp;lt;b&amp;gt;" in page
    thing = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert thing["subjectOf"]["url"] == thing["url"] == address
    assert thing["subjectOf"]["breadcrumb"]["itemListElement"][0]["item"] == "https://example.org/site/index.vi.html"


def test_without_one_they_are_told_by_the_thing(write_project: ProjectWriter) -> None:
    page = render(write_project({"one.ttl": HEAD + "ex:a a mg:Event ; rdfs:label 'A'@en ."}))["town/a.html"]
    assert "canonical" not in page
    assert "&lt;blockquote cite=&#34;https://example.org/town/a&#34;" in page
    assert '<meta name="description" content="A">' in page
    assert '<meta property="og:title" content="A">' in page
    for suffix, kind in ((".ttl", "text/turtle"), (".jsonld", "application/ld+json"), (".nt", "application/n-triples")):
        assert f'<link rel="alternate" type="{kind}" href="a{suffix}">' in page


def test_the_page_of_a_source_is_made_again_where_what_quotes_it_changes(write_project: ProjectWriter) -> None:
    data = """ex:source a schema:NewsArticle ; rdfs:label "Source"@en . ex:other rdfs:label "Other"@en .
ex:a rdfs:label "NAME"@en ; mg:gist "x"@en ; mg:evidence [ a mg:Evidence ; mg:property mg:gist ; mg:basis mg:stated ;
    oa:hasTarget [ a oa:SpecificResource ; oa:hasSource ex:source ;
      oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "the words" ] ] ] ."""
    before, after = (
        Digester(Site(build(write_project({"one.ttl": HEAD + data.replace("NAME", name)})))).digest().documents
        for name in ("One", "Two")
    )
    assert {path for path in before if before[path] != after[path]} == {"town/a", "town/source"}
