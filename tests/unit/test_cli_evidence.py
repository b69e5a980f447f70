"""The command `evidence`, and the evidence in `validate`: texts re-read, a lock written, what is wrong in its place."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Call = Callable[..., tuple[int, str, str]]

PREFIXES = """@prefix event: <https://example.org/town/event/> .
@prefix mg: <https://w3id.org/migragraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix source: <https://example.org/town/source/> .
"""
FAIR = """
event:fair a mg:Event ;
    mg:topic event:trade ;
    mg:state [ a mg:State ; mg:place event:square ;
        mg:evidence [ a mg:Evidence ; mg:property mg:place ; mg:basis mg:stated ;
            oa:hasTarget [ a oa:SpecificResource ; oa:hasSource source:gazette ;
                oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "stands in the square" ] ] ] ] ;
    mg:evidence [ a mg:Evidence ; mg:property mg:topic ; mg:basis mg:stated ;
        oa:hasTarget [ a oa:SpecificResource ; oa:hasSource source:gazette ;
            oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "the fair of traders" ] ] ] .
"""
SHOW = """
event:show a mg:Event ;
    mg:topic event:trade ;
    mg:evidence [ a mg:Evidence ; mg:property mg:topic ; mg:basis mg:stated ;
        oa:hasTarget [ a oa:SpecificResource ; oa:hasSource source:herald ;
            oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "a \\"show\\" of tools" ] ] ] .
"""
SOURCES = (
    'source:gazette a mg:Source ; rdfs:label "Gazette"@en .\nsource:herald a mg:Source ; rdfs:label "Herald"@en .\n'
)
ONTOLOGY = PREFIXES.replace("@prefix rdfs", "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n@prefix rdfs") + "".join(
    f"{name} mg:supportExempt true {kind}.\n"
    for name, kind in {
        "mg:Evidence": "; a owl:Class ",
        "mg:Passage": "; a owl:Class ",
        "mg:Source": "; a owl:Class ",
        "oa:TextQuoteSelector": "; a owl:Class ",
        "oa:TextPositionSelector": "; a owl:Class ",
        "oa:hasSource": "",
        "oa:hasSelector": "",
        "mg:evidence": "",
        "mg:sha256": "",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>": "",
        "rdfs:label": "",
    }.items()
)
GAZETTE = "One day\nthe  fair of\ntraders was held. It stands in the square."
HERALD = "Here is a “show” of tools."


@pytest.fixture(autouse=True)
def no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIGRAGRAPH_TEXTS", raising=False)


@pytest.fixture
def fair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project, made the working directory, whose two texts lie in the folder texts."""
    root = tmp_path / "fair"
    for folder in ("ontology", "data", "shapes", "queries", "texts"):
        (root / folder).mkdir(parents=True)
    toml = (Path(__file__).parent / "project" / "migragraph.toml").read_text("utf-8")
    toml = toml.replace("[texts]\n", '[folders]\ntexts = "texts"\n\n[texts]\n"town/source/herald" = "herald.txt"\n')
    write(root / "migragraph.toml", toml)
    write(root / "ontology" / "terms.ttl", ONTOLOGY)
    write(root / "data" / "fair.ttl", PREFIXES + FAIR)
    write(root / "data" / "show.ttl", PREFIXES + SHOW + SOURCES)
    write(root / "texts" / "gazette.txt", GAZETTE)
    write(root / "texts" / "herald.txt", HERALD)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def locked(fair: Path, call: Call) -> Path:
    assert call("evidence")[0] == 0
    return fair


def write(path: Path, text: str | bytes) -> None:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    write(path, text.replace(old, new))


def findings_of(call: Call, *words: str) -> list[tuple[str, str | None, int | None, str]]:
    code, out, err = call(*words, "--format", "json")
    report = json.loads(out)
    assert err == ""
    assert code == int(any(finding["severity"] == "violation" for finding in report["findings"]))
    return [(found["rule"], found["file"], found["line"], found["message"]) for found in report["findings"]]


def rules_of(call: Call, *words: str) -> list[tuple[str, str | None, int | None]]:
    return [found[:3] for found in findings_of(call, *words)]


CHECK = ("evidence", "--check")
VALIDATE = ("validate", "--only", "evidence")
LOCK = "data/evidence.lock.ttl"


def test_the_lock_is_written_once_and_is_good(call: Call, fair: Path) -> None:
    told = "conforms: 3 of 3 passages found in 2 texts"
    assert call("evidence") == (0, f"{told}; {LOCK} is written\n", "")
    before = (fair / LOCK).read_bytes()
    assert call("evidence") == (0, f"{told}; {LOCK} is unchanged\n", "")
    assert (fair / LOCK).read_bytes() == before
    assert call(*CHECK) == (0, f"{told}\n", "")
    assert rules_of(call, *VALIDATE) == []


def test_the_places_are_code_points_of_the_text_as_it_is(call: Call, locked: Path) -> None:
    code, out, _ = call(
        "query",
        "-",
        "--format",
        "csv",
        stdin=b"""
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?exact ?start ?end { ?p oa:hasSelector [ oa:exact ?exact ] , [ oa:start ?start ; oa:end ?end ] }
        ORDER BY ?start ?end""",
    )
    rows = list(csv.reader(io.StringIO(out)))[1:]
    places = {exact: (int(start), int(end)) for exact, start, end in rows}
    assert code == 0
    assert GAZETTE[slice(*places["the fair of traders"])] == "the  fair of\ntraders"
    assert GAZETTE[slice(*places["stands in the square"])] == "stands in the square"
    assert HERALD[slice(*places['a "show" of tools'])] == "a “show” of tools"


def test_checking_writes_nothing(call: Call, fair: Path) -> None:
    assert rules_of(call, *CHECK) == [("lock-current", LOCK, None)]
    assert rules_of(call, *VALIDATE) == [("lock-current", LOCK, None)]
    assert not (fair / LOCK).exists()


def test_without_the_texts_the_lock_is_held_against_the_data(call: Call, locked: Path) -> None:
    shutil.rmtree(locked / "texts")
    code, out, err = call(*CHECK)
    note = "note: 3 passages not re-read, since no text is at hand of 2 sources: source:gazette, source:herald.\n"
    assert (code, out, err) == (0, f"{note}conforms: no passage re-read\n", "")
    code, out, _ = call(*VALIDATE)
    assert (code, out.splitlines()[0] + "\n") == (0, note)
    before = (locked / LOCK).read_bytes()
    assert call("evidence")[0] == 0
    assert (locked / LOCK).read_bytes() == before


def test_one_text_alone_is_read(call: Call, locked: Path) -> None:
    (locked / "texts" / "herald.txt").unlink()
    code, out, _ = call(*CHECK)
    assert code == 0
    assert "1 passage not re-read, since no text is at hand of 1 source: source:herald." in out
    assert "2 of 2 passages found in 1 text" in out


def test_where_the_texts_are_is_said_in_three_ways(
    call: Call, fair: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.move(fair / "texts", tmp_path / "elsewhere")
    assert "no passage re-read" in call(*CHECK)[1]
    assert "2 texts" in call(*CHECK, "--texts", tmp_path / "elsewhere")[1]
    monkeypatch.setenv("MIGRAGRAPH_TEXTS", str(tmp_path / "elsewhere"))
    assert "2 texts" in call(*CHECK)[1]
    assert call("evidence")[0] == 0
    monkeypatch.setenv("MIGRAGRAPH_TEXTS", str(tmp_path / "none"))
    for words in (("evidence",), CHECK, VALIDATE):
        code, out, err = call(*words)
        assert (code, out) == (2, "")
        assert "MIGRAGRAPH_TEXTS names no folder" in err
        code, _, err = call(*words, "--texts", "none")
        assert code == 2
        assert "none: --texts names no folder" in err


def test_a_text_under_another_name_is_known_by_its_hash(call: Call, locked: Path) -> None:
    (locked / "texts" / "gazette.txt").rename(locked / "texts" / "other.txt")
    assert call(*CHECK) == (0, "conforms: 3 of 3 passages found in 2 texts\n", "")


# What is changed in which file, and what is then found: rule, file and line.
FLAWS: dict[str, tuple[str, str, str, tuple[str, str, int]]] = {
    "a word altered": ("fair.ttl", "of traders", "of trade", ("quote-found", "data/fair.ttl", 15)),
    "a word altered in a nested node": (
        "fair.ttl",
        "in the square",
        "on the square",
        ("quote-found", "data/fair.ttl", 12),
    ),
    "words with quotes": ("show.ttl", "of tools", "of fools", ("quote-found", "data/show.ttl", 11)),
    "words found twice": ("fair.ttl", "the fair of traders", "the", ("quote-once", "data/fair.ttl", 15)),
    "a whole sentence": (
        "fair.ttl",
        "stands in the square",
        "It stands in the square.",
        ("quote-short", "data/fair.ttl", 12),
    ),
    "over 12 words": ("fair.ttl", "the fair of traders", "w " * 13, ("quote-short", "data/fair.ttl", 15)),
    "an unknown source": ("fair.ttl", "source:gazette", "source:nobody", ("source-known", "data/fair.ttl", 12)),
    "a property that is not there": (
        "fair.ttl",
        "mg:property mg:topic",
        "mg:property mg:date",
        ("evidence-fits", "data/fair.ttl", 15),
    ),
    "a value that is not there": (
        "fair.ttl",
        "mg:property mg:topic",
        "mg:property mg:topic ; mg:value 7",
        ("evidence-fits", "data/fair.ttl", 15),
    ),
}


@pytest.mark.parametrize("flaw", FLAWS)
@pytest.mark.parametrize("with_texts", [True, False])
def test_bad_evidence_is_named_in_its_place(call: Call, locked: Path, flaw: str, with_texts: bool) -> None:
    file, old, new, found = FLAWS[flaw]
    change(locked / "data" / file, old, new)
    if not with_texts:
        shutil.rmtree(locked / "texts")
    before = (locked / LOCK).read_bytes()
    needs_texts = found[0] in {"quote-found", "quote-once"} or new.endswith("square.")
    for words in (CHECK, VALIDATE):
        assert (found in rules_of(call, *words)) is (with_texts or not needs_texts)
    assert rules_of(call, "evidence")
    assert (locked / LOCK).read_bytes() == before


def test_what_is_proposed_is_printed(call: Call, locked: Path) -> None:
    change(locked / "data" / "fair.ttl", "of traders", "of trade")
    assert "Most like them there: “the fair of traders”." in call(*CHECK)[1]
    change(locked / "data" / "fair.ttl", "the fair of trade", "the")
    assert 'oa:prefix "day" for number 1' in call(*CHECK)[1]


def test_new_words_and_idle_ones_are_found_without_the_texts(call: Call, locked: Path) -> None:
    change(locked / "data" / "fair.ttl", "of traders", "of")
    line = lines_of(locked / LOCK, "#passage-")
    shutil.rmtree(locked / "texts")
    for words in (CHECK, VALIDATE):
        found = rules_of(call, *words)
        assert {rule for rule, _, _ in found} == {"lock-current"}
        assert ("data/fair.ttl", 15) in {place[1:] for place in found}
        assert {place[2] for place in found if place[1] == LOCK} <= line
        assert len(found) == 2
    code, out, _ = call("evidence")
    assert code == 1
    assert "the text of their source is not at hand" in out


def lines_of(path: Path, text: str) -> set[int]:
    return {
        number + further
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if text in line
        for further in (0, 1)
    }


def test_the_lock_is_brought_up_to_date(call: Call, locked: Path) -> None:
    change(locked / "data" / "fair.ttl", "of traders", "of")
    assert call("evidence")[:2] == (0, f"conforms: 3 of 3 passages found in 2 texts; {LOCK} is written\n")
    assert call(*CHECK)[0] == 0


def test_a_lock_edited_by_hand_is_found(call: Call, locked: Path) -> None:
    change(locked / LOCK, "oa:start 8", "oa:start 9")
    sealed = ("lock-current", LOCK, 2)
    found = findings_of(call, *CHECK)
    assert found[0][:3] == sealed
    assert "it stands at 8 to 28" in found[1][3]
    assert found[1][2] in lines_of(locked / LOCK, "#passage-")
    (locked / "texts").rename(locked / "away")
    assert rules_of(call, *CHECK) == [sealed]
    assert rules_of(call, *VALIDATE) == [sealed]
    # What was edited is not taken over.
    assert {rule for rule, _, _ in rules_of(call, "evidence")} == {"lock-current"}
    (locked / "away").rename(locked / "texts")
    assert call("evidence")[0] == 0
    assert call(*CHECK)[0] == 0


def test_a_text_that_changed_is_a_warning(call: Call, locked: Path) -> None:
    change(locked / "texts" / "gazette.txt", "One day", "One fine day")
    for words in (CHECK, VALIDATE):
        assert [found[:2] for found in rules_of(call, *words)] == [("text-changed", LOCK)]
    assert rules_of(call, "evidence")[0][0] == "text-changed"
    assert call(*CHECK)[0] == 0
    change(locked / "texts" / "gazette.txt", "square", "street")
    assert ("quote-found", "data/fair.ttl", 12) in rules_of(call, *CHECK)


def test_a_text_that_is_not_utf_8(call: Call, locked: Path) -> None:
    write(locked / "texts" / "gazette.txt", GAZETTE.encode() + b"\nan\xff")
    before = (locked / LOCK).read_bytes()
    for words in (CHECK, VALIDATE):
        assert ("text-readable", "texts/gazette.txt", 4) in rules_of(call, *words)
    code, out, err = call("evidence")
    assert (code, out) == (2, "")
    assert err.startswith(f"migragraph: {locked}/texts/gazette.txt:4:3: byte 0xff is not UTF-8.")
    assert (locked / LOCK).read_bytes() == before


def test_marks_and_line_ends_of_a_text_are_its_own(call: Call, fair: Path) -> None:
    write(fair / "texts" / "gazette.txt", "\ufeff" + GAZETTE.replace("\n", "\r\n"))
    assert call("evidence")[0] == 0
    start = len("One day\r\n")
    assert f"oa:start {start} ;\n    oa:end {start + len('the  fair of__traders')} ." in (fair / LOCK).read_text(
        "utf-8"
    )


def test_a_project_without_evidence_has_no_lock(call: Call, fair: Path) -> None:
    for path in (fair / "data").iterdir():
        path.unlink()
    write(fair / "data" / "a.ttl", PREFIXES + SOURCES)
    assert call(*CHECK) == (0, "conforms: 0 of 0 passages found in 0 texts\n", "")
    assert call("evidence")[1].endswith("is unchanged\n")
    assert not (fair / LOCK).exists()


def test_the_lock_is_not_written_where_there_is_no_room(call: Call, fair: Path) -> None:
    (fair / LOCK).mkdir()
    code, out, err = call("evidence")
    assert (code, out) == (2, "")
    assert "cannot write there" in err
    assert sorted(path.name for path in (fair / "data").iterdir()) == ["evidence.lock.ttl", "fair.ttl", "show.ttl"]


def test_broken_data_are_said_as_everywhere(call: Call, locked: Path) -> None:
    write(locked / "data" / "bad.ttl", "a")
    for words in (("evidence",), CHECK, ("evidence", "--coverage")):
        code, out, err = call(*words)
        assert (code, out) == (2, "")
        assert "data/bad.ttl:1:" in err


def test_a_lock_that_does_not_parse_is_written_anew_once_it_is_gone(call: Call, locked: Path) -> None:
    change(locked / LOCK, "oa:start", "<<<<<<< HEAD\noa:start")
    code, out, err = call("evidence")
    assert (code, out) == (2, "")
    assert f"{LOCK}:" in err
    assert "or delete it; then run `migragraph evidence`." in err
    (locked / LOCK).unlink()
    assert call("evidence")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("evidence --format csv", "--format csv is for --coverage"),
        ("evidence --check --coverage", "--coverage reads no text"),
        ("evidence --coverage --texts texts", "--coverage reads no text"),
        ("evidence --stated-only", "the lock is of all evidence"),
        ("evidence --check fetch source:gazette", "options stand before `fetch`"),
        ("evidence nothing", "No such command 'nothing'"),
        ("validate a.ttl --shapes b.ttl --texts texts", "--texts and --stated-only are for the project"),
    ],
)
@pytest.mark.usefixtures("fair")
def test_calls_that_cannot_be_met(call: Call, words: str, said: str) -> None:
    code, out, err = call(*words.split())
    assert (code, out) == (2, "")
    assert said in err


def test_what_is_inferred_can_be_left_out_of_a_check(call: Call, locked: Path) -> None:
    change(
        locked / "data" / "fair.ttl",
        "mg:property mg:topic ; mg:basis mg:stated",
        'mg:property mg:topic ; mg:basis mg:inferred ; mg:reason "So."@en',
    )
    assert call(*CHECK)[0] == 0
    assert "2 of 2 passages" in call(*CHECK, "--stated-only")[1]
    assert rules_of(call, *CHECK, "--stated-only") == []


def test_coverage_in_three_forms(call: Call, locked: Path) -> None:
    code, out, err = call("evidence", "--coverage", "--format", "json")
    coverage = json.loads(out)
    assert (code, err) == (0, "")
    assert coverage["total"]["asserted"] == sum(value for key, value in coverage["total"].items() if key != "asserted")
    assert coverage["total"]["passage"] == 4
    assert coverage["source"]["source:gazette"]["passage"] == 3
    assert {sole["source"]: sole["things"] for sole in coverage["sole"]} == {
        "source:gazette": ["event:fair"],
        "source:herald": ["event:show"],
    }
    rows = list(csv.DictReader(io.StringIO(call("evidence", "--coverage", "--format", "csv")[1])))
    assert {row["by"] for row in rows} == {"class", "property", "source"}
    for row in rows:
        told = {key: int(value) for key, value in row.items() if key not in ("by", "name")}
        assert told == coverage[row["by"]][row["name"]]
    text = call("evidence", "--coverage")[1]
    assert "without source:herald: 1 facts lost, and 1 things\n  event:show\n" in text
    assert "mg:topic" in text


def test_two_runs_give_the_same_lock(fair: Path) -> None:
    locks = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "migragraph", "evidence"]
        done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
        locks.append((fair / LOCK).read_bytes())
        (fair / LOCK).unlink()
        assert done.stderr == b""
    assert locks[0] == locks[1]
