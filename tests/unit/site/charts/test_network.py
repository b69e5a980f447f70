"""The network: who took part in what, in two columns that stay readable, the same each time."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

from tests.unit.site.charts.conftest import SVG, Picture

from migragraph.site.charts import Link, Network, Node, draw_network
from migragraph.site.charts.lettering import SMALL, measure_text

Parse = Callable[[str], Picture]

ROLES = ("organiser", "participant", "speaker", "host", "chair", "co-chair", "interviewer")


def make_network(actors: int, events: int, seed: int = 7) -> Network:
    chance = random.Random(seed)
    return Network(
        "net",
        "Actors and events",
        [
            Node(f"a{number}", f"Department number {number} of the Ministry", f"a{number}.html")
            for number in range(actors)
        ],
        [Node(f"e{number}", f"Conference number {number} on migration", f"e{number}.html") for number in range(events)],
        [
            Link(f"a{number}", f"e{chance.randrange(events)}", ROLES[chance.randrange(len(ROLES))])
            for number in range(actors)
            for _ in range(3)
        ],
        "en",
    )


def middles(picture: Picture, x: str) -> list[float]:
    return [
        float(spot.attrib["y"]) for spot in picture.find("svg") if spot.get("x") == x and spot.get("viewBox") is None
    ]


def test_ninety_actors_and_twenty_events_stay_apart(parse: Parse) -> None:
    picture = parse(draw_network(make_network(90, 20)))
    for x, count in (("37%", 90), ("63%", 20)):
        places = middles(picture, x)
        assert len(places) == count
        assert all(after - before >= 24 for before, after in pairwise(places))
        assert places[0] > 0
        assert places[-1] < float(picture.root.attrib["height"])
    for text in picture.find("text"):
        assert int(text.get("font-size", "14")) >= SMALL
        if text.get("text-anchor") == "end":
            assert measure_text("".join(text.itertext()), SMALL) + 8 <= 0.37 * 365
    assert len(picture.find("path")) >= len(make_network(90, 20).links)


def test_labels_are_links_and_the_description_tells_who_took_part(parse: Parse) -> None:
    nodes = [Node("a", "The Ministry", "a.html"), Node("b", "<b>", "javascript:alert(1)")]
    links = [Link("a", "e", "host"), Link("b", "e", "guest"), Link("a", "nowhere", "guest")]
    picture = parse(draw_network(Network("net", "Network", nodes, [Node("e", "A conference", "e.html")], links, "en")))
    assert picture.root.get("role") == "group"
    assert {link.get("href") for link in picture.find("a")} == {"a.html", "e.html"}
    assert picture.told().endswith("A conference: The Ministry (host), <b> (guest).")
    assert len(picture.find("path")) == 2 + 2


def test_actors_stand_beside_their_events(parse: Parse) -> None:
    events = [Node("first", "First"), Node("second", "Second")]
    actors = [Node("late", "Late"), Node("none", "None"), Node("early", "Early"), Node("both", "Both")]
    links = [Link("late", "second", "x"), Link("early", "first", "x"), Link("both", "first", "x")]
    links.append(Link("both", "second", "x"))
    picture = parse(draw_network(Network("net", "Network", actors, events, links, "en")))
    assert picture.texts()[:4] == ["Early", "Both", "Late", "None"]


def test_more_roles_than_lines_share_one_and_two_roles_of_one_actor_lie_beside_one_another(parse: Parse) -> None:
    links = [Link("a", "e", role) for role in ROLES]
    picture = parse(draw_network(Network("net", "Network", [Node("a", "A")], [Node("e", "E")], links, "en")))
    assert ", ".join(ROLES[4:]) in " ".join(picture.texts())
    paths = [path.get("d") for group in picture.find("g") for path in group.iter(f"{SVG}path")]
    assert len(set(paths)) == len(ROLES)


def test_nothing_is_left_to_chance() -> None:
    assert draw_network(make_network(30, 9)) == draw_network(make_network(30, 9))
    assert "<svg" in draw_network(Network("net", "Network", [], [], [], "en"))
