"""Waiving: which findings of a report the waivers of a baseline fit."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from migragraph.baseline.entries import Waiver, is_waivable
from migragraph.iris import shorten_iri
from migragraph.report import Finding, Report
from migragraph.report.fingerprints import take_fingerprint

__all__ = ["Waived", "waive_findings"]


class Waived(NamedTuple):
    """The findings that no waiver fits, the number of the others, and the waivers that fit some."""

    left: tuple[Finding, ...]
    number: int
    used: tuple[Waiver, ...]


class _Texts(NamedTuple):
    """The forms of a finding's rule, focus and path that a pattern may be of."""

    rule: Collection[str]
    focus: Collection[str]
    path: Collection[str]


def waive_findings(report: Report, waivers: Sequence[Waiver], root: Path) -> Waived:
    """Hold each finding against each waiver, whatever the day; ``root`` is as for ``report.fingerprints``."""
    tests = [(waiver, list(_compile(waiver))) for waiver in waivers]
    left, used = [], dict[int, Waiver]()
    for finding in report.findings:
        texts = _list_texts(finding, report.prefixes, root) if tests and is_waivable(finding) else None
        fitting = [waiver for waiver, rules in tests if texts and all(fits(texts) for fits in rules)]
        used.update((id(waiver), waiver) for waiver in fitting)
        if not fitting:
            left.append(finding)
    return Waived(tuple(left), len(report.findings) - len(left), tuple(used.values()))


def _compile(waiver: Waiver) -> Iterator[Callable[[_Texts], bool]]:
    for place, pattern in enumerate((waiver.rule, waiver.focus, waiver.path)):
        if pattern is not None:
            yield _make_test(place, re.compile(fnmatch.translate(pattern)))


def _make_test(place: int, pattern: re.Pattern[str]) -> Callable[[_Texts], bool]:
    return lambda texts: any(map(pattern.match, texts[place]))


def _list_texts(finding: Finding, prefixes: Mapping[str, str], root: Path) -> _Texts:
    fingerprint = take_fingerprint(finding, prefixes, root)
    focus = finding.focus or ""
    return _Texts(
        rule=(finding.rule,),
        focus={focus, fingerprint.focus, shorten_iri(focus, prefixes)},
        path={finding.path or "", fingerprint.path, fingerprint.path.removeprefix("<").removesuffix(">")},
    )
