"""Writing a baseline: the known findings below what its file says by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable

from migragraph.baseline.entries import Known

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


def render_baseline(found: Iterable[Known], head: str = "") -> str:
    """Write a baseline of known findings, in one order.

    ``head`` is what the file says above its known findings; it is kept as it is.
    """
    head = (head or _HEAD).rstrip("\n").removesuffix(_MARK.rstrip("\n")).rstrip("\n")
    entries = sorted(found, key=lambda known: (known.fingerprint, known.file))
    return "\n".join([f"{head}\n", _MARK, *map(_write, entries)])


def _write(known: Known) -> str:
    fields = {**known.fingerprint._asdict(), "file": known.file}
    lines = [f"{key} = {_quote(text)}" for key, text in fields.items() if text]
    count = [f"count = {known.count}"] if known.count > 1 else []
    return _join(["[[known]]", *lines, *count])


def _join(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _quote(text: str) -> str:
    """Write a basic string of TOML: that of JSON, but that DEL is escaped too (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
