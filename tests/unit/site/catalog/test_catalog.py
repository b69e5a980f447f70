"""What is said of a published graph, held against the graph and the files that were written."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from migragraph.dataset import Dataset, assemble
from migragraph.errors import ProjectError
from migragraph.layout import Layout
from migragraph.namespaces import DCAT, DCTERMS, OWL, RDF, RDFS, SPDX, VOID
from migragraph.reading import ParsedFile
from migragraph.site import Site
from migragraph.site.building import build_site
from migragraph.site.catalog import STYLE, render_catalog, render_map, render_root, sitemap
from migragraph.site.catalog.sitemap import list_pages, render_robots, render_sitemaps
from migragraph.site.folder import Hashed
from migragraph.site.media import write_policy

Call = Callable[..., tuple[int | str, str, str]]
Files = Mapping[str, bytes]

URL = "https://example.com/site/"
PAGES = ["index.html", "index.vi.html", "town/law/one.html", "404.html", "town/law/one.vi.html", "english.html"]
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
GRAPH = NamedNode("https://example.org/town/")


def render_all(site: Site) -> Iterator[tuple[str, bytes]]:
    for name, data in render_catalog(site):
        yield name, bytes(data.data) if isinstance(data, Hashed) else data
    yield from render_root(site)
    yield from render_map(site, list_pages(PAGES, site.languages))


def open_site(dataset: Dataset, url: str = URL) -> Site:
    return Site(replace(dataset, layout=replace(dataset.layout, site={"url": url} if url else {})))


def make_site(layout: Layout, *facts: tuple[str, NamedNode, NamedNode | Literal]) -> Site:
    quads = tuple(Quad(NamedNode(layout.base + name), predicate, value) for name, predicate, value in facts)
    return Site(assemble(layout, [], [ParsedFile(Path("facts.nt"), quads, {})]))


@pytest.fixture(scope="module")
def site(dataset: Dataset) -> Site:
    return open_site(dataset)


@pytest.fixture(scope="module")
def files(site: Site) -> Files:
    return dict(render_all(site))


def read(data: bytes, format_: RdfFormat = RdfFormat.TURTLE) -> set[Triple]:
    return {Triple(quad.subject, quad.predicate, quad.object) for quad in parse(data, format=format_)}


def canonical(quads: Iterable[Quad]) -> set[Quad]:
    """Name the blank nodes by what is said of them."""
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


def values(triples: set[Triple], subject: object, predicate: NamedNode) -> list[object]:
    return [triple.object for triple in triples if triple.subject == subject and triple.predicate == predicate]


def number(triples: set[Triple], subject: object, predicate: NamedNode) -> int:
    (value,) = values(triples, subject, predicate)
    assert isinstance(value, Literal)
    return int(value.value)


def test_void_counts_what_is_there(site: Site, files: Files) -> None:
    void = read(files["void.ttl"])
    graph = site.dataset.default
    assert number(void, GRAPH, VOID.triples) == len(graph)
    assert number(void, GRAPH, VOID.entities) == len(site.documents)
    assert number(void, GRAPH, VOID.distinctSubjects) == len({triple.subject for triple in graph})
    kinds = Counter(triple.object for triple in graph if triple.predicate == RDF.type)
    properties = Counter(triple.predicate for triple in graph)
    for part, of, counted, expected in (
        (VOID.classPartition, VOID["class"], VOID.entities, kinds),
        (VOID.propertyPartition, VOID.property, VOID.triples, properties),
    ):
        nodes = values(void, GRAPH, part)
        assert {values(void, node, of)[0]: number(void, node, counted) for node in nodes} == expected
    assert number(void, GRAPH, VOID.classes) == len(kinds)
    assert number(void, GRAPH, VOID.properties) == len(properties)


def test_void_tells_of_folders_vocabularies_and_dumps(site: Site, files: Files) -> None:
    void = read(files["void.ttl"])
    subsets = {values(void, node, DCTERMS.title)[0]: node for node in values(void, GRAPH, VOID.subset)}
    law = subsets[Literal("law")]
    laws = [iri for iri in site.documents if iri.startswith("https://example.org/town/law/")]
    assert values(void, law, VOID.uriSpace) == [Literal("https://example.org/town/law/")]
    assert number(void, law, VOID.entities) == len(laws) > 0
    assert values(void, law, VOID.exampleResource) == [NamedNode(laws[0])]
    assert values(void, law, VOID.exampleResource)[0] in values(void, GRAPH, VOID.exampleResource)
    assert NamedNode("http://www.w3.org/2004/02/skos/core") in values(void, GRAPH, VOID.vocabulary)
    assert values(void, GRAPH, VOID.uriSpace) == [Literal("https://example.org/town/")]
    given = {str(value).strip("<>").removeprefix(URL) for value in values(void, GRAPH, VOID.dataDump)}
    assert given == {name for name in files if name.startswith("dump/")}
    assert files[".well-known/void"] == files["void.ttl"]


def test_a_graph_that_describes_itself_is_not_described_twice(bundled: Dataset) -> None:
    files = dict(render_all(open_site(bundled)))
    graph = NamedNode("https://w3id.org/migragraph/viet-nam/dataset/migration-profile")
    own = bundled.index[graph]
    for name in ("void.ttl", "dcat.ttl"):
        said = read(files[name])
        for predicate in (DCTERMS.title, DCTERMS.license, DCAT.version, DCTERMS.created, VOID.vocabulary, RDFS.label):
            assert set(values(said, graph, predicate)) == set(own[predicate])
    assert set(values(read(files["void.ttl"]), graph, VOID.exampleResource)) == set(own[VOID.exampleResource])
    # No date but the data's own.
    dated = [
        t.object for t in read(files["dcat.ttl"]) if isinstance(t.object, Literal) and "date" in t.object.datatype.value
    ]
    assert dated == own[DCTERMS.created]


def test_links_to_elsewhere_are_counted(layout: Layout) -> None:
    other = "http://www.wikidata.org/entity/"
    site = make_site(
        layout,
        ("a", OWL.sameAs, NamedNode(other + "Q1")),
        ("b", OWL.sameAs, NamedNode(other + "Q2")),
        ("b", OWL.sameAs, NamedNode(layout.base + "a")),
        ("b", RDFS.seeAlso, NamedNode(other + "Q3")),
    )
    void = read(dict(render_all(site))["void.ttl"])
    (links,) = [triple.subject for triple in void if triple.object == VOID.Linkset]
    assert number(void, links, VOID.triples) == 2
    assert values(void, links, VOID.linkPredicate) == [OWL.sameAs]
    (target,) = values(void, links, VOID.objectsTarget)
    assert values(void, target, VOID.uriSpace) == [Literal(other)]


def test_dcat_tells_of_each_dump_its_size_and_hash(files: Files) -> None:
    dcat = read(files["dcat.ttl"])
    seen = set()
    for node in values(dcat, GRAPH, DCAT.distribution):
        (place,) = values(dcat, node, DCAT.downloadURL)
        name = str(place).strip("<>").removeprefix(URL)
        (checksum,) = values(dcat, node, SPDX.checksum)
        (hash_,) = values(dcat, checksum, SPDX.checksumValue)
        assert number(dcat, node, DCAT.byteSize) == len(files[name])
        assert isinstance(hash_, Literal)
        assert hash_.value == sha256(files[name]).hexdigest()
        seen.add(name)
    assert seen == {name for name in files if name.startswith("dump/")}
    assert values(dcat, NamedNode(f"{URL}dcat.ttl#catalog"), DCAT.dataset) == [GRAPH]
    assert values(dcat, GRAPH, DCTERMS.license) == [NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")]
    assert len(values(dcat, GRAPH, DCTERMS.language)) == 2
    assert read(files["dcat.jsonld"], RdfFormat.JSON_LD) == dcat


def test_dumps_hold_the_graph(site: Site, files: Files) -> None:
    default, quads = canonical(Quad(*triple) for triple in site.dataset.default), canonical(site.dataset.quads)
    for suffix, format_, whole in (
        ("ttl", RdfFormat.TURTLE, default),
        ("nt", RdfFormat.N_TRIPLES, default),
        ("jsonld", RdfFormat.JSON_LD, default),
        ("trig", RdfFormat.TRIG, quads),
        ("nq", RdfFormat.N_QUADS, quads),
    ):
        assert canonical(parse(files[f"dump/migragraph.{suffix}"], format=format_)) == whole


def test_a_large_graph_is_dumped_line_by_line(site: Site, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("migragraph.site.site.LARGE", 1)
    large = {name: data for name, data in render_all(site) if name.startswith("dump/")}
    assert sorted(large) == ["dump/migragraph.nq", "dump/migragraph.nt"]
    for name, data in large.items():
        assert sorted(data.splitlines()) == sorted(files[name].splitlines())


def test_two_renderings_are_the_same(dataset: Dataset, files: Files) -> None:
    assert dict(render_all(open_site(dataset))) == files


def addresses(data: bytes) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(data).iterfind("s:url/s:loc", SPACE)]


def test_the_sitemap_names_each_page_with_its_other_languages(files: Files) -> None:
    assert addresses(files["sitemap.xml"]) == [
        f"{URL}{name}"
        for name in ("english.html", "index.html", "index.vi.html", "town/law/one.html", "town/law/one.vi.html")
    ]
    root = ElementTree.fromstring(files["sitemap.xml"])
    links = [[(one.get("hreflang"), one.get("href")) for one in url.iterfind("x:link", SPACE)] for url in root]
    index = [("en", f"{URL}index.html"), ("vi", f"{URL}index.vi.html"), ("x-default", f"{URL}index.html")]
    assert links[:3] == [[], index, index]
    assert b"lastmod" not in files["sitemap.xml"]


@pytest.mark.parametrize(("limit", "value"), [("MOST_ADDRESSES", 2), ("MOST_BYTES", 700)])
def test_a_large_sitemap_is_split(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, limit, value)
    languages = ("en", "vi")
    parts = dict(render_sitemaps(list_pages(PAGES, languages), languages, URL))
    whole = ElementTree.fromstring(parts.pop("sitemap.xml"))
    assert [one.text for one in whole.iterfind("s:sitemap/s:loc", SPACE)] == [URL + name for name in parts]
    assert list(parts) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert len([address for part in parts.values() for address in addresses(part)]) == 5


def test_an_address_is_escaped_in_the_sitemap() -> None:
    (page,) = [data for _, data in render_sitemaps([("a&b <c>", ["en"])], ["en"], "https://example.com/?a&")]
    assert addresses(page) == ["https://example.com/?a&a%26b%20%3Cc%3E.html"]


def test_robots_may_read_everything(files: Files) -> None:
    assert files["robots.txt"] == f"User-agent: *\nAllow: /\nSitemap: {URL}sitemap.xml\n".encode()
    assert b"Sitemap" not in render_robots("")


def test_without_an_address_there_is_no_sitemap(dataset: Dataset) -> None:
    files = dict(render_all(open_site(dataset, "")))
    assert "sitemap.xml" not in files
    dcat = read(files["dcat.ttl"])
    place = NamedNode("https://example.org/dump/migragraph.nt")
    assert place in {triple.object for triple in dcat if triple.predicate == DCAT.downloadURL}


def test_the_page_for_nothing_needs_no_other_file(dataset: Dataset, files: Files) -> None:
    page = files["404.html"].decode()
    assert page.count("href=") == 2
    assert page.count(f'href="{URL}"') == 2
    assert "src=" not in page
    assert "href" not in dict(render_all(open_site(dataset, "")))["404.html"].decode()
    assert '<div lang="en">' in page
    assert '<div lang="vi">' in page
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert style == STYLE
    assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in write_policy([STYLE])


def test_the_icon_is_an_image_of_the_mark(files: Files) -> None:
    icon = files["favicon.ico"]
    assert icon[:6] == bytes([0, 0, 1, 0, 1, 0])
    assert int.from_bytes(icon[14:18], "little") == len(icon) - 22

    def dot(x: int, y: int) -> tuple[int, ...]:
        """Give a dot: rows stand from the bottom up, after two headers; blue comes first."""
        return tuple(icon[62 + 4 * ((31 - y) * 32 + x) :][:4])

    assert dot(0, 0) == (0, 0, 0, 0)
    assert dot(16, 28) == (0x5E, 0x5C, 0x0B, 255)
    assert dot(16, 9) == dot(8, 22) == dot(12, 15) == (255, 255, 255, 255)


@pytest.mark.parametrize("name", ["void", "404", "dcat", "timeline", "index"])
def test_a_document_in_the_place_of_another_file_is_refused(layout: Layout, name: str) -> None:
    site = make_site(layout, (name, RDFS.label, Literal("x")))
    if name == "index":
        assert "index~1bc04b5291" in {document.path for document in site.documents.values()}
        return
    with pytest.raises(ProjectError, match=f"https://example.org/{name} would lie in a file"):
        build_site(site.dataset, Path("nowhere"))


def test_the_build_says_that_there_is_no_sitemap(call: Call, project_copy: Path, tmp_path: Path) -> None:
    code, out, told = call("build", "-o", tmp_path / "site", "--project", project_copy)
    assert (code, out) == (0, "")
    assert "no sitemap.xml" in told
    assert not (tmp_path / "site" / "sitemap.xml").exists()
    assert (tmp_path / "site" / "servers" / "nginx.conf").is_file()
    description = project_copy / "migragraph.toml"
    description.write_text(description.read_text() + f'\n[site]\nurl = "{URL}"\n')
    code, out, told = call("build", "-o", tmp_path / "site", "--project", project_copy)
    assert (code, "sitemap" in told) == (0, False)
    mapped = addresses((tmp_path / "site" / "sitemap.xml").read_bytes())
    pages = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.html")}
    assert {address.removeprefix(URL) for address in mapped} == pages - {"404.html"}
    assert json.loads((tmp_path / "site" / "dcat.jsonld").read_text())
    assert (tmp_path / "site" / "servers" / "w3id.htaccess").is_file()
