"""Tests of the reports, and the findings that they are made of."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from migragraph.report import Finding, Hint, Report, Severity, sort_findings

ROOT = Path("/project")
PREFIXES = {"ex": "https://example.org/"}


def finding(**facts: object) -> Finding:
    return Finding(**({"kind": "shacl", "rule": "LawShape-number", "message": "A law has a number."} | facts))  # type: ignore[arg-type]


FULL = finding(
    focus="https://example.org/law",
    path="ex:number",
    value="<https://example.org/x>",
    shape="https://example.org/LawShape-number",
    file=ROOT / "data" / "law.ttl",
    line=3,
    column=5,
    advice="Add one.",
)

# What would be markup, a command or an end of line in one of the formats is offered more often than chance would.
SIGNS = st.sampled_from("\r\n\t\v\f\x00\x1b\x85\u2028\u202e\ufffe%:,=<>&\"'#[]{}|\\ ;")
PARTS = st.sampled_from(["::error::", "\n::stop-commands::x", "]]>", "<script>", "%0A::", "##[error]", "</style>"])
TEXTS = st.text(SIGNS | st.characters(exclude_categories=["Cs"]), max_size=40) | st.lists(PARTS).map("".join)
NAMES = st.text(st.characters(exclude_characters="/\x00", exclude_categories=["Cs"]), min_size=1, max_size=20).filter(
    lambda name: name not in {".", ".."}
)
FINDINGS = st.builds(
    Finding,
    kind=st.sampled_from(["shacl", "terms"]),
    rule=TEXTS,
    message=TEXTS,
    severity=st.sampled_from(Severity),
    focus=st.none() | TEXTS,
    path=st.none() | TEXTS,
    value=st.none() | TEXTS,
    shape=st.none() | TEXTS,
    file=st.none() | NAMES.map(lambda name: ROOT / "none" / name),
    line=st.none() | st.integers(1, 10**9),
    column=st.none() | st.integers(1, 10**9),
    advice=st.none() | TEXTS,
)
REPORTS_OF_ANYTHING = st.builds(
    Report,
    findings=st.lists(FINDINGS, max_size=4).map(sort_findings),
    checked=TEXTS,
    notes=st.lists(TEXTS, max_size=2).map(tuple),
    hints=st.lists(
        st.builds(
            Hint,
            rule=TEXTS,
            message=TEXTS,
            advice=TEXTS,
            shape=st.none() | TEXTS,
            file=st.none() | st.just(Path("s.ttl")),
            line=st.none() | st.integers(1, 9),
            column=st.none() | st.integers(1, 9),
        ),
        max_size=2,
    ).map(tuple),
)
