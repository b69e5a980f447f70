"""The search page in a browser: what it finds, in which order, and how it is worked."""

from __future__ import annotations

from typing import Any

import pytest
from tests.browser.harness import run_browser

from migragraph.dataset import Dataset
from migragraph.labels import collect_labels
from migragraph.layout import bundled_root
from migragraph.lookup import fold_name
from migragraph.project import Project

pytestmark = pytest.mark.xdist_group("browser")

DECISION = "viet-nam/instrument/decision-402-qd-ttg"
LAW = "viet-nam/instrument/law-69-2020-qh14"
COMPACT = "viet-nam/instrument/gcm"
SPEAKER = "viet-nam/person/to-anh-dung"

# What is typed, the path of what is found first, and how many there are at least and at most.
CASES = [
    ("402 qd ttg", DECISION, 2, 9),
    ("402/QĐ-TTg", DECISION, 2, 9),
    ("402/QD-TTg", DECISION, 2, 9),
    ("402qdttg", DECISION, 1, 1),
    ("69/2020/QH14", LAW, 2, 40),
    ("69 2020 qh14", LAW, 2, 40),
    ("69/2020", LAW, 2, 40),
    ("Tô Anh Dũng", SPEAKER, 2, 40),
    ("to anh dung", SPEAKER, 2, 40),
    ("TO ANH DUNG", SPEAKER, 2, 40),
    ("instrument:gcm", COMPACT, 1, 20),
    ("https://w3id.org/migragraph/viet-nam/instrument/gcm", COMPACT, 1, 20),
    ("<script>alert(1)</script>", None, 0, 0),
    ("zzzz", None, 0, 0),
]


@pytest.fixture(scope="module")
def seen(address: str) -> dict[str, Any]:
    seen = run_browser("search.mjs", address, page="search.html", queries=[query for query, *_ in CASES])
    result: dict[str, Any] = seen.check()
    return result


@pytest.mark.parametrize(("query", "path", "least", "most"), CASES, ids=[query for query, *_ in CASES])
def test_a_name_or_number_finds_its_thing_first(
    seen: dict[str, Any], query: str, path: str | None, least: int, most: int
) -> None:
    answer = seen["answers"][query]
    count = answer["count"]
    assert least <= count <= most
    assert answer["found"][0][1] == f"{path}.html" if path else answer["found"] == []
    expected = {0: "Nothing in the graph is called", 1: "1 result for"}.get(count, f"{count} results for")
    assert answer["said"] == f"{expected} “{query}”."


def test_it_is_worked_by_keyboard_and_has_an_address(seen: dict[str, Any]) -> None:
    assert seen["stops"] == ["results", "results", "q"]
    assert seen["address"] == "?q=instrument"
    assert seen["given"] == seen["answers"][CASES[0][0]]


def test_in_vietnamese_all_is_in_vietnamese(folder: Any) -> None:
    queries = ["402 qd ttg", "zzzz", "duong", "migratoin"]
    seen = run_browser("search.mjs", f"{folder.as_uri()}/", page="search.vi.html", queries=queries).check()
    assert seen["answers"]["402 qd ttg"]["found"][0] == ["Quyết định số 402/QĐ-TTg", f"{DECISION}.vi.html"]
    assert seen["answers"]["402 qd ttg"]["notes"][0].startswith("quyết định · ")
    assert seen["answers"]["zzzz"]["said"] == "Không có mục nào trong đồ thị mang tên “zzzz”."
    assert any("Dương" in label for label, _ in seen["answers"]["duong"]["found"])
    assert seen["answers"]["migratoin"]["said"].startswith("Không có mục nào mang tên “migratoin”; gần giống: ")


def test_each_vietnamese_name_is_found_without_its_marks_and_before_others_with_them(folder: Any) -> None:
    """The folding of the browser agrees with that of the command line, and the exact form goes first."""
    dataset: Dataset = Project.load(bundled_root()).dataset()
    base = dataset.layout.base
    names = sorted(
        {
            (literal.value, _address(thing.value.removeprefix(base)))
            for thing, given in collect_labels(dataset).names.items()
            for _, literal in given
            if literal.language == "vi" and thing.value.startswith(base)
        }
    )
    assert len(names) > 300
    typed = [form for name, _ in names for form in (fold_name(name), name)]
    found = run_browser("names.mjs", f"{folder.as_uri()}/", names=typed).check()
    by_name: dict[str, set[str]] = {}
    by_folded: dict[str, set[str]] = {}
    for name, path in names:
        by_name.setdefault(name.casefold(), set()).add(path)
        by_folded.setdefault(fold_name(name), set()).add(path)
    for name, path in names:
        assert path in found[name][: len(by_name[name.casefold()])], name
        assert path in found[fold_name(name)], name


def test_without_scripts_the_page_says_so_and_shows_nothing_to_fill_in(address: str) -> None:
    seen = run_browser("unscripted.mjs", address, page="search.html").check()
    assert "needs JavaScript" in seen["words"]
    assert (seen["controls"], seen["shown"]) == (3, 0)


def _address(path: str) -> str:
    document, hash_, anchor = path.partition("#")
    return f"{document}.html{hash_}{anchor}"
