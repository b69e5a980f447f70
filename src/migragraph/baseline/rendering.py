"""Writing a baseline: the known findings below what its file says by hand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from migragraph.baseline.entries import Known
from migragraph.report.fingerprints import Fingerprint

__all__ = ["render_baseline"]

_HEAD = """\
# The findings that `migragraph validate --baseline` leaves out. By hand, add a waiver here, above the known findings:
#
#   [[waiver]]
#   rule = "EventShape-*"      # and focus, path; * stands for any text
#   reason = "why it may stay"
#   until = 2027-01-31         # the last day; may be left out
"""
_MARK = "# Known findings: --write-baseline writes what follows.\n"


def render_baseline(found: Mapping[Fingerprint, int], head: str = "") -> str:
    """Write a baseline of findings, as many as there are of each fingerprint, in one order.

    ``head`` is what the file says above its known findings; it is kept as it is.
    """
    head = (head or _HEAD).rstrip("\n").removesuffix(_MARK.rstrip("\n")).rstrip("\n")
    entries = [_write(Known(fingerprint, count)) for fingerprint, count in sorted(Counter(found).items()) if count > 0]
    return "\n".join([f"{head}\n", _MARK, *entries])


def _write(known: Known) -> str:
    fields = [f"{key} = {_quote(text)}" for key, text in known.fingerprint._asdict().items() if text]
    count = [f"count = {known.count}"] if known.count > 1 else []
    return _join(["[[known]]", *fields, *count])


def _join(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _quote(text: str) -> str:
    """Write a basic string of TOML: that of JSON, but that DEL is escaped too (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
