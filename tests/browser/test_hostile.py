"""A hostile site in a browser: nothing in it runs, and what is written is shown as it is written."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.harness import run_browser
from tests.browser.kinds import list_kinds
from tests.hostile import LONG, ODD_NAMES, PAYLOADS, THING
from tests.sites import Built

from migragraph.paths import path_of

pytestmark = pytest.mark.xdist_group("browser")

BASE = "https://w3id.org/migragraph/"
PAGE = f"{path_of(THING, BASE)}.html"
ODD = [f"{path_of(BASE + name, BASE)}.html" for name in ODD_NAMES]


@pytest.fixture(scope="module")
def seen(hostile: Built) -> dict[str, Any]:
    kinds = [name for names in list_kinds(hostile.folder).values() for name in names]
    paths = sorted({*kinds, *ODD, PAGE})
    result: dict[str, Any] = run_browser("hostile.mjs", hostile.root, paths=paths, query="script").check()
    return result


def test_nothing_runs(seen: dict[str, Any]) -> None:
    pages = {**seen["pages"], "search": seen["search"], "sparql": seen["sparql"]}
    for name, page in pages.items():
        faults = (page["hurt"], page["scripts"], page["images"], page["handlers"], page["links"])
        assert faults == (False, 0, 0, 0, 0), name
    assert len(pages) > 80
    assert seen["examples"] > 20


def test_what_is_written_is_shown(seen: dict[str, Any]) -> None:
    text = seen["pages"][PAGE]["text"]
    for payload in PAYLOADS:
        for part in payload.split():
            if part.isprintable():
                assert part in text, payload
    assert LONG.split()[0] in text
    assert "<script>window.hurt=1</script>" in seen["search"]["text"]


def test_odd_names_have_pages_of_their_own(seen: dict[str, Any]) -> None:
    assert len(set(ODD)) == len(ODD_NAMES)
    for name, path in zip(ODD_NAMES, ODD, strict=True):
        assert BASE + name in seen["pages"][path]["text"]
