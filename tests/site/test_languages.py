"""A name that there is in another language only says so wherever it stands, for those who read aloud and for eyes."""

from __future__ import annotations

from lxml import html
from pyoxigraph import NamedNode
from tests.site.conftest import Whole
from tests.site.reading import Pages

OWN, OTHER = "vi", "en"


def test_names_in_another_language_are_marked(whole_plain: Whole) -> None:
    site, pages = whole_plain.site, whole_plain.pages
    found = {document.path: site.labels.find(NamedNode(iri), OWN) for iri, document in site.documents.items()}
    foreign = {f"{path}.{OWN}.html": label.text for path, label in found.items() if label.language == OTHER}
    assert len(foreign) > 300
    shown: list[tuple[str, str, str | None]] = []
    for file in (name for name in pages if name.endswith(f".{OWN}.html")):
        root = html.document_fromstring(pages.read(file), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
        for link in root.iterfind(".//main//a[@href]"):
            text = " ".join(link.text_content().split())
            if _is_own_name(pages, file, link.get("href", ""), text, foreign):
                tag = next(one.get("lang") for one in (link, *link.iterancestors()) if one.get("lang"))
                shown.append((file, text, tag))
    assert [one for one in shown if one[2] != OTHER] == []
    assert len(shown) > 1000


def _is_own_name(pages: Pages, file: str, target: str, text: str, foreign: dict[str, str]) -> bool:
    """Tell whether the text of a link is all that the thing is called to which it leads."""
    return "://" not in target and foreign.get(pages[file].find(target)[0]) == text
