"""The page of a thing by keyboard alone: to its content, through its menu, to the words behind a fact and back."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.harness import run_browser
from tests.sites import Built

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def seen(plain: Built) -> dict[str, Any]:
    page = "viet-nam/instrument/law-69-2020-qh14.html"
    result: dict[str, Any] = run_browser("keyboard.mjs", plain.root, page=page).check()
    return result


def test_the_first_stop_leads_past_the_menu(seen: dict[str, Any]) -> None:
    assert (seen["skip"]["name"], seen["skip"]["isSeen"], seen["main"]["name"]) == ("skip", True, "main")


def test_the_menu_opens_and_closes(seen: dict[str, Any]) -> None:
    assert (seen["isOpen"], seen["isClosed"]) == (True, True)
    assert (seen["first"]["isInMenu"], seen["first"]["isSeen"]) == (True, True)


def test_a_note_opens_and_leads_back(seen: dict[str, Any]) -> None:
    opened = seen["opened"]
    assert (opened["note"].startswith("note-"), opened["isShown"], opened["isTarget"]) == (True, True, 1)
    assert seen["back"]["isSeen"]
    assert seen["returned"]["name"] == f"mark-{opened['note'].partition('-')[2]}"
    assert seen["closed"] == 0


def test_where_the_focus_is_can_be_seen(seen: dict[str, Any]) -> None:
    stops = [*seen["stops"], seen["menu"], seen["mark"], seen["back"]]
    assert [stop for stop in stops if not (stop["isSeen"] and stop["isMarked"])] == []
