"""Reading a baseline from TOML, with the line of each fault."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from migragraph.baseline.entries import Baseline, Known, Waiver
from migragraph.errors import CallError
from migragraph.report.fingerprints import Fingerprint

__all__ = ["read_baseline"]

_PATTERNS = ("rule", "focus", "path")
_WAIVER_KEYS = (*_PATTERNS, "reason", "until")
_KNOWN_KEYS = (*Fingerprint._fields, "count")
_FIRST_KNOWN = re.compile(r"^\[\[\s*known\s*\]\]", re.MULTILINE)


def read_baseline(path: Path) -> Baseline:
    """Read a baseline; raise CallError, with the line, where it is missing, is not TOML, or an entry is wrong."""
    text = _read(path)
    tables = _parse(path, text)
    if other := [name for name in tables if name not in ("known", "waiver")]:
        _refuse(path, _find_key(text, other[0], 0), f"{other[0]!r} is no part of a baseline.", "Write [[waiver]].")
    waivers = tuple(_read_waiver(_Entry(path, text, *entry)) for entry in _list_entries(path, text, tables, "waiver"))
    known = tuple(_read_known(_Entry(path, text, *entry)) for entry in _list_entries(path, text, tables, "known"))
    first = _FIRST_KNOWN.search(text)
    return Baseline(path, known, waivers, text[: first.start()] if first else text)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise CallError("there is no such file.", path=path, advice="Make it with --write-baseline.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CallError("the file is not UTF-8.", path=path, line=line, advice="Save it as UTF-8.") from error
    except OSError as error:
        raise CallError(f"the file cannot be read: {error.strerror}.", path=path) from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        place = re.search(r" \(at line (\d+), column (\d+)\)$", str(error))
        # At the end of the document the parser names no line.
        line = int(place[1]) if place else text.count("\n") + 1
        reason = str(error)[: place.start()] if place else str(error)
        _refuse(path, line, f"the file is not TOML: {reason}.", "Mend it there; a date is written 2027-01-31.")


def _list_entries(
    path: Path, text: str, tables: Mapping[str, Any], name: str
) -> list[tuple[Mapping[str, Any], int | None]]:
    """Give the entries of an array of tables, each with the line of its header where every header is found."""
    entries = tables.get(name, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        _refuse(path, _find_key(text, name, 0), f"{name} is no list of entries.", f"Begin each with [[{name}]].")
    headers = [
        number for number, line in enumerate(text.split("\n"), start=1) if re.match(rf"\s*\[\[\s*{name}\s*\]\]", line)
    ]
    lines = headers if len(headers) == len(entries) else [None] * len(entries)
    return list(zip(entries, lines, strict=True))


class _Entry:
    """An entry as it is read, with its place in the file."""

    def __init__(self, path: Path, text: str, table: Mapping[str, Any], line: int | None) -> None:
        self.path, self.text, self.table, self.line = path, text, table, line

    def refuse(self, message: str, advice: str, key: str | None = None) -> NoReturn:
        """Raise CallError at a key of the entry, or at its header."""
        line = _find_key(self.text, key, self.line) if key and self.line else self.line
        _refuse(self.path, line, message, advice)

    def check_keys(self, allowed: tuple[str, ...]) -> None:
        """Refuse a key that nothing reads: a misspelt `until` would let a waiver hold for ever."""
        for key in self.table:
            if key not in allowed:
                self.refuse(f"{key!r} is no key of such an entry.", f"The keys are {', '.join(allowed)}.", key)

    def text_of(self, key: str) -> str | None:
        """Give the text of a key, None where it is missing."""
        value = self.table.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            self.refuse(f"{key} is no text, or empty.", f'Write {key} = "...", or leave it out.', key)
        return value


def _read_waiver(entry: _Entry) -> Waiver:
    entry.check_keys(_WAIVER_KEYS)
    reason, until = entry.text_of("reason"), entry.table.get("until")
    rule, focus, path = (entry.text_of(key) for key in _PATTERNS)
    if reason is None:
        entry.refuse("the waiver names no reason.", 'Add a line: reason = "..."')
    if (rule, focus, path) == (None, None, None):
        entry.refuse("the waiver does not say what it waives.", f"Give it one of {', '.join(_PATTERNS)}.")
    if until is not None and (not isinstance(until, datetime.date) or isinstance(until, datetime.datetime)):
        entry.refuse(f"until is no date: {until!r}.", "Write it like 2027-01-31, without quotes.", "until")
    return Waiver(reason=reason, rule=rule, focus=focus, path=path, until=until, line=entry.line)


def _read_known(entry: _Entry) -> Known:
    entry.check_keys(_KNOWN_KEYS)
    fields = {key: entry.text_of(key) or "" for key in Fingerprint._fields}
    count = entry.table.get("count", 1)
    if not fields["check"] or not fields["rule"]:
        entry.refuse("the known finding lacks its check or its rule.", "Write it anew with --write-baseline.")
    file = fields["file"]
    if fields["focus"] or fields["path"] or fields["value"]:
        fields["file"] = ""
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        entry.refuse("count is no positive number.", "Write it like count = 2.", "count")
    return Known(Fingerprint(**fields), file, count, entry.line)


def _find_key(text: str, key: str, after: int) -> int | None:
    """Find the first line after a line that gives a key or a table of that name."""
    for number, line in enumerate(text.split("\n")[after:], start=after + 1):
        if re.match(rf"\s*(?:\[+\s*)?[\"']?{re.escape(key)}\b", line):
            return number
    return after or None


def _refuse(path: Path, line: int | None, message: str, advice: str) -> NoReturn:
    raise CallError(message, path=path, line=line, advice=advice)
