"""What bears on an objective: on its page stands what the view of the objectives counts."""

from __future__ import annotations

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.iris import local_name
from migragraph.site import Site
from migragraph.site.bearing import list_bearing
from migragraph.site.rendering import render_document
from migragraph.site.thing import Things


def test_the_page_of_an_objective_has_what_the_matrix_has(bundled: Dataset) -> None:
    site = Site(bundled)
    cells: dict[NamedNode, dict[str, set[str]]] = {}
    for row in site.ask("objective-things"):
        objective, kind, thing = row["objective"], row["class"], row["thing"]
        assert isinstance(objective, NamedNode)
        found = cells.setdefault(objective, {})
        if kind is not None and thing is not None:
            found.setdefault(local_name(kind.value), set()).add(thing.value)
    assert len(cells) == 23
    for objective, expected in cells.items():
        listed = list_bearing(bundled, objective)
        assert {kind: {one.value for one in some} for kind, some in listed.items()} == expected, objective


def test_it_tells_the_figure_the_date_and_the_speaker(bundled: Dataset) -> None:
    site = Site(bundled)
    things = Things(site)
    base = "https://w3id.org/migragraph/scheme/gcm-objective/"
    pages = {
        number: {
            name: data
            for name, data in render_document(things, site.documents[f"{base}{number}"])
            if isinstance(data, bytes)
        }
        for number in (1, 10)
    }
    first, tenth = (pages[number][f"scheme/gcm-objective/{number}.html"].decode() for number in (1, 10))
    assert "</a>: approximately 70 countries</li>" in first
    assert "</a>: 29 October 2024</li>" in tenth
    assert tenth.count(" – <a href=") == 24
    assert "Những gì liên quan" in pages[10]["scheme/gcm-objective/10.vi.html"].decode()


def test_nothing_bears_on_what_is_no_objective(bundled: Dataset) -> None:
    assert list_bearing(bundled, NamedNode("https://w3id.org/migragraph/scheme/topic/remittances")) == {}
    assert list_bearing(bundled, NamedNode("https://w3id.org/migragraph/scheme/nothing")) == {}
