"""The table of facts as a workbook (Office Open XML), with a second sheet that tells what it holds."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from migragraph.dataset import Dataset
from migragraph.errors import OutputError
from migragraph.facts.columns import COLUMNS
from migragraph.facts.rows import Row
from migragraph.namespaces import XSD

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["render_workbook"]

# https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBERS = frozenset(
    XSD[name].value
    for name in ("integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger", "long")
)
# A workbook says when it was made; no clock is read, so that two runs give the same bytes.
_MADE = datetime(1980, 1, 1)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_WIDTHS = {"value": 30, "phrase": 60, "reason": 60, "fact": 12, "language": 10, "basis": 12}
_LABEL_WIDTH, _WIDTH = 30, 20
_VALUE, _DATATYPE = Row._fields.index("value"), Row._fields.index("datatype")
_ADVICE = "Export the facts as CSV."


def render_workbook(dataset: Dataset, rows: Sequence[Row]) -> bytes:
    """Write the rows as XLSX: numbers as numbers, all else as text, dates in the precision that they have.

    Raises OutputError, naming the fact, where a workbook cannot hold a cell, or not so many rows.
    """
    from xlsxwriter import Workbook

    if len(rows) >= _MOST_ROWS:
        raise OutputError(f"a sheet of XLSX cannot hold {len(rows)} facts.", advice=_ADVICE)
    data = io.BytesIO()
    book = Workbook(data, _OPTIONS)
    book.set_properties({"title": dataset.layout.title, "created": _MADE})
    facts, about = book.add_worksheet("facts"), book.add_worksheet("about")
    bold = book.add_format({"bold": True})
    for place, column in enumerate(COLUMNS):
        facts.write_string(0, place, column.name, bold)
        facts.set_column(place, place, _width(column.name))
    for line, row in enumerate(rows, start=1):
        _write_row(facts, line, row)
    facts.freeze_panes(1, 0)
    facts.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    _write_about(about, dataset)
    book.close()
    return data.getvalue()


def _width(name: str) -> int:
    return _WIDTHS.get(name, _LABEL_WIDTH if name.endswith("_label") else _WIDTH)


def _write_row(sheet: Worksheet, line: int, row: Row) -> None:
    number = _read_number(row) if row.datatype in _NUMBERS else None
    for place, text in enumerate(row):
        if place == _VALUE and number is not None:
            sheet.write_number(line, place, number)
        elif text:
            _check_text(text, row)
            sheet.write_string(line, place, text)


def _read_number(row: Row) -> float | None:
    """Give the number that a sheet can hold in place of a text: one that is finite and keeps all its digits."""
    try:
        exact = Decimal(row.value)
        number = float(exact)
    except (InvalidOperation, OverflowError):
        return None
    return number if exact.is_finite() and Decimal(f"{number:.15G}") == exact else None


def _check_text(text: str, row: Row) -> None:
    where = f"a fact of {row.subject} with {row.property}"
    if found := _NOT_XML.search(text):
        raise OutputError(f"XLSX cannot hold U+{ord(found.group()):04X} in {where}.", advice=_ADVICE)
    if len(text.encode("utf-16-le")) > 2 * _MOST_CHARACTERS:
        raise OutputError(f"XLSX cannot hold a cell of over {_MOST_CHARACTERS:,} characters: {where}.", advice=_ADVICE)
    # XlsxWriter takes such a text for the XML of a cell.
    if text.startswith("<r>") and text.endswith("</r>"):
        raise OutputError(f"XLSX cannot hold a cell that begins with <r> and ends with </r>: {where}.", advice=_ADVICE)


def _write_about(sheet: Worksheet, dataset: Dataset) -> None:
    layout = dataset.layout
    lines = [
        ("title", layout.title),
        ("version", layout.version),
        ("licence", layout.licence),
        ("rows", "One for each fact and each passage, reference or inference that supports it."),
        (),
        ("column", "in English", "in Vietnamese", "what it holds"),
        *((column.name, column.en, column.vi, column.description) for column in COLUMNS),
    ]
    for line, cells in enumerate(lines):
        for place, text in enumerate(cells):
            sheet.write_string(line, place, text)
    for place, width in enumerate((24, 24, 24, 100)):
        sheet.set_column(place, place, width)
