"""A project in which all that people write would do harm if a page took it for more than text: the bundled one, spoilt.

Each script in it sets ``window.hurt``, which the tests in a browser look for.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from migragraph.iris import document_of
from migragraph.layout import DESCRIPTION, bundled_root
from migragraph.namespaces import RDFS, SCHEMA, XSD

__all__ = ["ODD_NAMES", "PAYLOADS", "THING", "write_hostile"]

HURT = "window.hurt=1"
PAYLOADS = (
    f"<script>{HURT}</script>",
    f"\"'><img src=x onerror={HURT}>",
    f"' onfocus={HURT} autofocus x='",
    f"</title></style></textarea></script><script>{HURT}</script>",
    f"]]>--><svg onload={HURT}>",
    f"javascript:{HURT}",
    f"{{{{ 7 * 7 }}}} {{% raw %}} ${{{HURT}}} &lt;script&gt;&amp;&#x22;",
    "\u202eturned\u2066 \u200f\u061c\u202d",
    "tab\tline\nfeed\x0b\x0c\x01\x08\x1b\x7f\x85\ufffe\U0001ffff",
    "👩‍👩‍👧‍👦 🇻🇳 Z̸͉̚a̵l̷g̶o \u2028\u2029\ufeff",
    "Quyết định số 402/QĐ-TTg ngày 20 tháng 3",
)
"""What is put before a text of the bundled project; one after another, so that each comes in many places."""

LONG = "x" * 4000 + " " + "y<b>" * 1500
THING = "https://w3id.org/migragraph/viet-nam/person/to-anh-dung"
ODD_NAMES = (
    "viet-nam/person/../../../etc/passwd",
    "viet-nam/person/..%2F..%2Fetc%2Fpasswd",
    "viet-nam/person/a%20b%00",
    "viet-nam/person/Tô-Ánh-Dũng",
    "viet-nam/person/TO-ANH-DUNG",
    "viet-nam/person/%3Cscript%3E",
    "viet-nam/person/it's(odd)&so=this;?query=1",
    "viet-nam/person/con",
    "viet-nam/person/index",
    f"viet-nam/person/{'long-' * 60}",
    "viet-nam/person/\U0001f600",
    "viet-nam/person//double",
    "viet-nam/person/ends/",
    "viet-nam/person/~hash",
    "viet-nam/person/.hidden",
    "viet-nam/person/x.html",
)
"""Names under the base that are no good as names of files, or would lead elsewhere."""

_BASE = "https://w3id.org/migragraph/"
_THINGS = re.compile(re.escape(_BASE) + r"((?:viet-nam|scheme)/[^/#]+)/[^#]+")
_MOST = 6
_HEADLINE = re.compile(r"(?:contract|remittances|citizens).*-baoquocte-278827-en")
_KEPT = {SCHEMA.inLanguage, NamedNode("http://www.w3.org/2004/02/skos/core#notation")}
_LANGUAGES = ("en", "vi")


def write_hostile(root: Path) -> None:
    """Write the project into a folder: a few things of each kind, each text spoilt, and things with odd names."""
    source = bundled_root()
    payloads = cycle(PAYLOADS)
    seen: Counter[str] = Counter()
    for part in ("ontology", "data"):
        for path in sorted((source / part).rglob("*.ttl")):
            if "examples" not in path.parts and not path.name.endswith(".lock.ttl"):
                quads = list(_spoil(_choose(parse(path=path, format=RdfFormat.TURTLE), seen), payloads))
                _write(root / path.relative_to(source), quads)
    _write(root / "data" / "odd.ttl", _list_odd())
    shutil.copytree(source / "shapes", root / "shapes")
    (root / "queries").mkdir()
    for path in (source / "queries").glob("*.rq"):
        (root / "queries" / path.name).write_text(_spoil_query(path.read_text("utf-8")), encoding="utf-8")
    (root / "CHANGELOG.md").write_text(f"# Changes\n\n## 0.1.0\n\n- {PAYLOADS[0]} [x](javascript:{HURT})\n", "utf-8")
    (root / DESCRIPTION).write_text(_describe((source / DESCRIPTION).read_text("utf-8")), encoding="utf-8")


def _choose(quads: Iterable[Quad], seen: Counter[str]) -> Iterator[Quad]:
    """Keep what is said of the first few things of each kind; nodes without a name go with what leads to them."""
    listed = list(quads)
    kept: set[NamedNode | BlankNode] = set()
    for subject in dict.fromkeys(quad.subject for quad in listed if isinstance(quad.subject, NamedNode)):
        found = _THINGS.fullmatch(document_of(subject))
        if found is None or found[1] == "viet-nam/source":
            kept.add(subject)
        elif found and (seen[found[1]] < _MOST or _HEADLINE.search(subject.value)):
            seen[found[1]] += 1
            kept.add(subject)
    size = -1
    while size != len(kept):
        size = len(kept)
        kept |= {quad.object for quad in listed if quad.subject in kept and isinstance(quad.object, BlankNode)}
    return (quad for quad in listed if quad.subject in kept)


def _spoil(quads: Iterable[Quad], payloads: Iterator[str]) -> Iterator[Quad]:
    for quad in quads:
        value = quad.object
        if isinstance(value, Literal) and quad.predicate not in _KEPT:
            if value.datatype == XSD.anyURI:
                value = Literal(next(payloads), datatype=XSD.anyURI)
            elif value.language or value.datatype == XSD.string:
                text = f"{next(payloads)} {value.value}"
                value = Literal(text, language=value.language) if value.language else Literal(text)
        yield Quad(quad.subject, quad.predicate, value)


def _list_odd() -> list[Quad]:
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = []
    for number, name in enumerate(ODD_NAMES):
        thing = NamedNode(_BASE + name)
        quads += [Quad(thing, kind, SCHEMA.Person), Quad(thing, SCHEMA.knows, NamedNode(THING))]
        quads += [Quad(thing, RDFS.label, Literal(f"{name} {number}", language=one)) for one in _LANGUAGES]
    thing = NamedNode(THING)
    quads += [Quad(thing, RDFS.label, Literal(LONG, language="en")), Quad(thing, RDFS.comment, Literal(LONG))]
    quads += [Quad(thing, RDFS.comment, Literal(text, language="en")) for text in PAYLOADS]
    for iri in (f"javascript:{HURT}", f"JaVaScRiPt:{HURT}//", f"data:text/html,<script>{HURT}</script>", "vbscript:x"):
        address = NamedNode(re.sub("[<>]", lambda found: f"%{ord(found[0]):02X}", iri))
        quads += [Quad(thing, RDFS.seeAlso, address), Quad(thing, SCHEMA.url, address)]
        quads.append(Quad(thing, SCHEMA.sameAs, Literal(iri, datatype=XSD.anyURI)))
    return quads


def _spoil_query(text: str) -> str:
    """Put harm into each title and question of a query that stands on one line."""
    payload = f"<script>{HURT}</script>\"'><img src=x onerror={HURT}>\u202e"
    one_line = re.compile(r"^(#\+   (?:en|vi): (?:&\w+ )?)([^|>*\s].*)$(?=\n#\+ (?:  (?:en|vi): )?\w)", re.M)
    return one_line.sub(lambda found: found[1] + json.dumps(f"{payload} {found[2]}"), text)


def _describe(text: str) -> str:
    bad = f"</title><script>{HURT}</script>"
    report = f"mailto:a@example.org?subject={{subject}}&amp;'onfocus={HURT};&body={{body}}"
    text = re.sub(r'(?m)^title = ".*"$', lambda _: f'title = """{bad}"""', text)
    text = re.sub(r"(?m)^authors = .*$", lambda _: f"authors = ['{bad}']", text)
    return text.replace("\n[site]\n", f"\n[site]\nurl = \"https://example.org/graph/\"\nreport = '''{report}'''\n")


def _write(path: Path, quads: Iterable[Quad]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = serialize([quad.triple for quad in quads], format=RdfFormat.TURTLE)
    assert data is not None
    path.write_bytes(data)
