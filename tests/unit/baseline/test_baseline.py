"""A baseline: what it knows and waives is left out and counted, and what it says in vain is told."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migragraph.baseline import Known, apply_baseline, read_baseline, render_baseline, update_baseline
from migragraph.errors import CallError, MigragraphError
from migragraph.report import Finding, Report, Severity
from migragraph.report.fingerprints import Fingerprint

ROOT = Path("/town")
TODAY = datetime.date(2026, 11, 28)
EX = "https://example.org/"
PREFIXES = {"ex": EX}


def finding(**facts: object) -> Finding:
    known = {"kind": "shacl", "rule": "LawShape-number", "message": "A law has a number.", "focus": f"{EX}law"}
    return Finding(**(known | {"file": ROOT / "data" / "a.ttl"} | facts))  # type: ignore[arg-type]


def report(*findings: Finding, completed: frozenset[str] = frozenset({"shacl"}), is_whole: bool = True) -> Report:
    return Report(findings=findings, prefixes=PREFIXES, completed=completed, is_whole=is_whole)


def hold(path: Path, text: str, found: Report, today: datetime.date = TODAY) -> Report:
    path.write_text(text, encoding="utf-8")
    return apply_baseline(found, read_baseline(path), ROOT, today)


def rules(found: Report) -> list[tuple[str, Severity, int | None]]:
    return [(one.rule, one.severity, one.line) for one in found.findings]


def test_what_was_written_is_known(tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    found = report(finding(), finding(path="ex:p", value='"\x7f\t\\ "@en'), finding(focus=None, kind="terms"))
    update_baseline(path, found, ROOT, TODAY)
    left = apply_baseline(found, read_baseline(path), ROOT, TODAY)
    assert left.findings == ()
    assert left.left_out == {"known": 3, "waived": 0}
    assert left.notes == (f"3 known findings are left out ({path}).",)


MOVED = {
    "a line": {"line": 7, "column": 2},
    "a file": {"file": ROOT / "data" / "b.ttl"},
    "a message": {"message": "Give the law a number."},
    "a severity": {"severity": Severity.WARNING},
    "a CURIE": {"path": f"<{EX}number>"},
    "a label": {"value": "_:b7"},
}


@pytest.mark.parametrize("what", MOVED)
def test_a_finding_stays_known_when_something_moves(tmp_path: Path, what: str) -> None:
    before = finding(path="ex:number", value="_:b1", line=1)
    baseline = update_baseline(tmp_path / "known.toml", report(before), ROOT, TODAY)
    after = replace(before, **MOVED[what])  # type: ignore[arg-type]
    assert apply_baseline(report(after), baseline, ROOT, TODAY).findings == ()


OTHER = {
    "check": {"kind": "terms"},
    "rule": {"rule": "LawShape-date"},
    "component": {"component": f"{EX}C"},
    "focus": {"focus": f"{EX}act"},
    "path": {"path": "ex:date"},
    "value": {"value": '"2"'},
}


@pytest.mark.parametrize("what", OTHER)
def test_a_finding_that_differs_in_what_it_is_about_is_new(tmp_path: Path, what: str) -> None:
    before = finding(path="ex:number", value='"1"')
    baseline = update_baseline(tmp_path / "known.toml", report(before), ROOT, TODAY)
    after = replace(before, **OTHER[what])  # type: ignore[arg-type]
    assert after in apply_baseline(report(after), baseline, ROOT, TODAY).findings


def test_of_more_than_are_known_the_new_one_is_shown(tmp_path: Path) -> None:
    old, new = finding(file=ROOT / "b.ttl"), finding(file=ROOT / "a.ttl")
    baseline = update_baseline(tmp_path / "known.toml", report(old, old), ROOT, TODAY)
    assert baseline.known[0].count == 2
    assert apply_baseline(report(new, old, old), baseline, ROOT, TODAY).findings == (new,)


def test_a_file_of_no_findings_is_known_by_its_name_and_message(tmp_path: Path) -> None:
    old = finding(kind="terms", focus=None)
    baseline = update_baseline(tmp_path / "known.toml", report(old), ROOT, TODAY)
    other = replace(old, file=ROOT / "data" / "b.ttl")
    assert apply_baseline(report(old), baseline, ROOT, TODAY).findings == ()
    assert apply_baseline(report(other), baseline, ROOT, TODAY).findings == (other,)


def test_what_does_not_parse_is_never_left_out(tmp_path: Path) -> None:
    broken = finding(kind="syntax", rule="syntax", focus=None)
    path = tmp_path / "known.toml"
    baseline = update_baseline(path, report(broken), ROOT, TODAY)
    assert baseline.known == ()
    waived = hold(path, '[[waiver]]\nrule = "syntax"\nreason = "later"\n', report(broken))
    assert broken in waived.findings


WAIVERS = [
    ('rule = "LawShape-*"', True),
    ('rule = "LawShape"', False),
    (f'focus = "{EX}l*"', True),
    ('focus = "ex:law"', True),
    ('focus = "ex:act"', False),
    ('path = "ex:number"', True),
    (f'path = "{EX}n?mber"', True),
    ('rule = "LawShape-*"\nfocus = "ex:act"', False),
    ('rule = "*"\nfocus = "ex:*"\npath = "ex:*"', True),
]


@pytest.mark.parametrize(("pattern", "fits"), WAIVERS)
def test_a_waiver_fits_by_all_its_patterns(tmp_path: Path, pattern: str, fits: bool) -> None:
    one = finding(path="ex:number")
    left = hold(tmp_path / "known.toml", f'[[waiver]]\nreason = "the act is old"\n{pattern}\n', report(one))
    assert (one not in left.findings) is fits
    assert left.left_out == {"known": 0, "waived": int(fits)}
    assert rules(left) == ([] if fits else [("waiver-unused", Severity.INFO, 1), (one.rule, one.severity, None)])


def test_of_waivers_that_fit_the_same_finding_each_is_used(tmp_path: Path) -> None:
    text = '[[waiver]]\nrule = "Law*"\nreason = "a"\n[[waiver]]\nfocus = "ex:law"\nreason = "b"\n'
    left = hold(tmp_path / "known.toml", text, report(finding()))
    assert (left.findings, left.left_out) == ((), {"known": 0, "waived": 1})


@pytest.mark.parametrize(("day", "expired"), [("2026-11-27", True), ("2026-11-28", False), ("2026-11-29", False)])
def test_a_waiver_holds_through_its_last_day(tmp_path: Path, day: str, expired: bool) -> None:
    text = f'# why\n\n[[waiver]]\nrule = "*"\nreason = "old"\nuntil = {day}\n'
    left = hold(tmp_path / "known.toml", text, report(finding()))
    assert (("waiver-expired", Severity.WARNING, 3) in rules(left)) is expired
    assert (finding() in left.findings) is expired


def test_what_is_known_no_more_is_told_where_its_check_was_made_whole(tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    baseline = update_baseline(path, report(finding(), finding(kind="evidence")), ROOT, TODAY)
    left = apply_baseline(report(), baseline, ROOT, TODAY)
    assert [(one.rule, one.severity, one.file) for one in left.findings] == [("known-unused", Severity.INFO, path)]
    line = left.findings[0].line or 0
    assert path.read_text("utf-8").splitlines()[line - 1 : line + 1] == ["[[known]]", 'check = "shacl"']
    assert apply_baseline(report(completed=frozenset()), baseline, ROOT, TODAY).findings == ()


def test_a_waiver_in_vain_is_not_told_where_not_all_was_looked_at(tmp_path: Path) -> None:
    text = '[[waiver]]\nrule = "x"\nreason = "old"\n'
    assert hold(tmp_path / "known.toml", text, report(is_whole=False)).findings == ()


def test_writing_anew_keeps_the_waivers_and_what_was_not_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    head = '# Ours.\n[[waiver]]\nrule = "old" # sic\nreason = "because"\n'
    path.write_text(head, encoding="utf-8")
    unread = finding(kind="evidence")
    update_baseline(path, report(finding(), unread, finding(rule="old")), ROOT, TODAY)
    first = path.read_text("utf-8")
    assert first.startswith(head)
    assert first.count("[[known]]") == 2
    update_baseline(path, report(finding()), ROOT, TODAY)
    assert path.read_text("utf-8") == first
    update_baseline(path, report(), ROOT, TODAY)
    assert [known.fingerprint.check for known in read_baseline(path).known] == ["evidence"]


def test_writing_anew_refuses_to_lose_a_waiver(tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    update_baseline(path, report(finding()), ROOT, TODAY)
    text = path.read_text("utf-8") + '\n[[waiver]]\nrule = "x"\nreason = "y"\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CallError, match="a waiver stands below the known findings"):
        update_baseline(path, report(finding()), ROOT, TODAY)
    assert path.read_text("utf-8") == text


WRONG = {
    'x = "': (1, "is not TOML"),
    '[[waiver]]\nrule = "a"\nreason = "b"\nuntil = 2026-13-01\n': (4, "is not TOML"),
    '[[waiver]]\nrule = "a"\n': (1, "names no reason"),
    '\n[[waiver]]\nrule = "a"\nreason = " "\n': (4, "reason is no text"),
    '[[waiver]]\nreason = "b"\n': (1, "does not say what it waives"),
    '[[waiver]]\nrule = "a"\nreason = "b"\nuntil = "2026-01-01"\n': (4, "until is no date"),
    '[[waiver]]\nrule = "a"\nreason = "b"\nuntil = 2026-01-01T00:00:00\n': (4, "until is no date"),
    '[[waiver]]\nrule = "a"\nreason = "b"\n\nuntill = 2026-01-01\n': (5, "'untill' is no key"),
    '[[waiver]]\nrule = 3\nreason = "b"\n': (2, "rule is no text"),
    "waiver = 3\n": (1, "waiver is no list of entries"),
    "# all\nother = 1\n": (2, "'other' is no part of a baseline"),
    '[[known]]\ncheck = "shacl"\n': (1, "lacks its check or its rule"),
    '[[known]]\ncheck = "shacl"\nrule = "a"\ncount = 0\n': (4, "count is no positive number"),
    '[[known]]\ncheck = "shacl"\nrule = "a"\ncount = true\n': (4, "count is no positive number"),
}


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_baseline_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CallError) as caught:
        read_baseline(path)
    line, said = WRONG[text]
    assert (caught.value.path, caught.value.line) == (path, line)
    assert said in caught.value.message
    assert caught.value.advice


def test_a_baseline_that_is_not_there_or_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"# a\n# \xff")
    for name, line in (("none.toml", None), ("bad.toml", 2), (".", None)):
        with pytest.raises(MigragraphError) as caught:
            read_baseline(tmp_path / name)
        assert caught.value.line == line


def test_a_line_in_a_text_is_no_header(tmp_path: Path) -> None:
    text = '[[waiver]]\nrule = "a"\nreason = """\n[[waiver]]\n"""\n'
    path = tmp_path / "known.toml"
    path.write_text(text, encoding="utf-8")
    assert [waiver.line for waiver in read_baseline(path).waivers] == [None]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
about = words.filter(str.strip)


@given(st.lists(st.tuples(about, about, about, words, st.integers(1, 9)), unique_by=lambda row: row[:3], max_size=6))
def test_any_text_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str, str, int]]
) -> None:
    known = [
        Known(Fingerprint(check, rule, focus=focus), file if file.strip() else "", count)
        for check, rule, focus, file, count in rows
    ]
    path = tmp_path_factory.mktemp("baseline") / "known.toml"
    path.write_bytes(render_baseline(known).encode())
    read = [replace(one, line=None) for one in read_baseline(path).known]
    assert sorted(read, key=lambda one: one.fingerprint) == sorted(known, key=lambda one: one.fingerprint)
