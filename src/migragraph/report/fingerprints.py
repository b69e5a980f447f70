"""Fingerprints: what of a finding stays while lines move, files are renamed and blank nodes get other labels."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from migragraph.report.findings import Finding, Report

__all__ = [
    "Fingerprint",
    "Split",
    "Twin",
    "hash_fingerprint",
    "list_fingerprints",
    "name_file",
    "split_findings",
    "take_fingerprint",
    "take_twin",
]

# A step of a property path as `Finding.path` writes it: an IRI in angle brackets, or a CURIE.
_STEP = re.compile(r"<[^>]*>|([\w.-]*):([\w.-]*)")


class Fingerprint(NamedTuple):
    """What a finding is known by; the names are those of a finding, but that ``check`` is its kind.

    A blank node is ``_:``, whatever its label; in ``path`` the CURIEs are written out; an IRI below the folder that the
    run is about is relative to it (``file:data/a.ttl``). ``file`` and ``message`` are empty but where nothing else
    tells one finding from another.
    """

    check: str
    rule: str
    component: str = ""
    focus: str = ""
    path: str = ""
    value: str = ""
    file: str = ""
    message: str = ""


Twin: TypeAlias = tuple[Fingerprint, str, str | None]
"""What tells findings of one fingerprint apart, as far as it stays: the file, and the message where it is known."""


NO_TWINS: Mapping[Twin, int] = MappingProxyType({})


class Split(NamedTuple):
    """The findings that are left, and how many were taken away by each fingerprint."""

    left: tuple[Finding, ...]
    taken: Counter[Fingerprint]


def take_fingerprint(finding: Finding, prefixes: Mapping[str, str], root: Path) -> Fingerprint:
    """Give the fingerprint of a finding; ``root`` is the folder of the project, or the working directory for files.

    It is given absolute, links resolved, in all functions here.
    Neither the severity nor the words of the message are part of it, so a shape may be reworded or made graver.
    """
    here = f"{root.as_uri()}/"
    focus, path, value = (
        text.replace(here, "file:") for text in (finding.focus or "", finding.path or "", finding.value or "")
    )
    is_bare = not (focus or path or value)
    return Fingerprint(
        check=finding.kind,
        rule=finding.rule,
        component=finding.component or "",
        focus=_drop_label(focus),
        path=_expand_path(path, prefixes),
        value=_drop_label(value),
        file=name_file(finding.file, root) if is_bare else "",
        message=finding.message.replace(here, "file:") if is_bare else "",
    )


def take_twin(finding: Finding, fingerprint: Fingerprint, root: Path) -> Twin:
    """Give a finding's fingerprint, the name of its file and its message."""
    return fingerprint, name_file(finding.file, root), finding.message


def hash_fingerprint(fingerprint: Fingerprint) -> str:
    """Give the SHA-256 of a fingerprint in hexadecimal, for formats that want one word."""
    return sha256(json.dumps(fingerprint, ensure_ascii=False).encode()).hexdigest()


def list_fingerprints(report: Report, root: Path) -> Iterator[str]:
    """Give for each finding its fingerprint in 32 hexadecimal digits, and its number among equal ones (``:1``)."""
    seen: Counter[Fingerprint] = Counter()
    for finding in report.findings:
        fingerprint = take_fingerprint(finding, report.prefixes, root)
        seen[fingerprint] += 1
        yield f"{hash_fingerprint(fingerprint)[:32]}:{seen[fingerprint]}"


def name_file(file: Path | None, root: Path) -> str:
    """Name a file relative to a folder, with slashes; in full where it lies elsewhere."""
    if file is None:
        return ""
    file = Path(os.path.normpath(Path.cwd() / file))
    return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()


def split_findings(
    report: Report, root: Path, known: Mapping[Fingerprint, int], likely: Mapping[Twin, int] = NO_TWINS
) -> Split:
    """Take away as many findings of each fingerprint as are known.

    Where more are there than are known, those with a ``likely`` twin go before the others, and then the first.
    """
    keys = [take_fingerprint(finding, report.prefixes, root) for finding in report.findings]
    budget, twins, gone = Counter(known), Counter(likely), set[int]()
    for number, finding in enumerate(report.findings if twins else ()):
        whole = take_twin(finding, keys[number], root)
        twin = whole if twins[whole] else (*whole[:2], None)
        if budget[keys[number]] and twins[twin]:
            gone.add(number)
            budget[keys[number]] -= 1
            twins[twin] -= 1
    for number, key in enumerate(keys):
        if number not in gone and budget[key]:
            gone.add(number)
            budget[key] -= 1
    left = tuple(finding for number, finding in enumerate(report.findings) if number not in gone)
    return Split(left, Counter(keys[number] for number in gone))


def _drop_label(node: str) -> str:
    return "_:" if node.startswith("_:") else node


def _expand_path(path: str, prefixes: Mapping[str, str]) -> str:
    def expand(step: re.Match[str]) -> str:
        prefix, local = step.groups()
        return step[0] if prefix is None or prefix not in prefixes else f"<{prefixes[prefix]}{local}>"

    return _STEP.sub(expand, path)
