"""The table of facts as CSV (RFC 4180), and its description by CSV on the Web."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from pyoxigraph import NamedNode

from migragraph.cells import make_inert
from migragraph.dataset import Dataset
from migragraph.facts.columns import COLUMNS, Column
from migragraph.facts.rows import Row
from migragraph.iris import read_term
from migragraph.namespaces import MG

__all__ = ["METADATA_ENDING", "render_csv", "render_metadata"]

METADATA_ENDING = "-metadata.json"
"""What the name of a table ends in when it is that of its description (https://www.w3.org/TR/tabular-data-model/)."""

_KEY = ["fact", "evidence", "supporter"]


def render_csv(rows: Iterable[Row]) -> bytes:
    """Write the rows as CSV in UTF-8, with a header, and lines that end in CRLF; formulas are inert."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in COLUMNS)
    writer.writerows([make_inert(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def render_metadata(dataset: Dataset, name: str) -> bytes:
    """Describe the table in a file of that name (https://www.w3.org/TR/tabular-metadata/)."""
    layout = dataset.layout
    description = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": quote(name, safe=""),
        "dc:title": f"{layout.title}: facts",
        "dc:description": "Every fact with what supports it: a row for each passage, reference or inference. A cell "
        "that a spreadsheet might run as a formula has an apostrophe before it, and so has a cell that begins with one "
        "by itself: taking off a first apostrophe gives every cell back.",
        "dc:license": {"@id": layout.licence} if isinstance(read_term(layout.licence), NamedNode) else layout.licence,
        "dc:language": list(layout.languages),
        "schema:version": layout.version,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True, "doubleQuote": True},
        "tableSchema": {"columns": [_describe(column) for column in COLUMNS], "primaryKey": _KEY},
    }
    return (json.dumps(description, ensure_ascii=False, indent=1) + "\n").encode()


def _describe(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": {"und": column.name, "en": column.en, "vi": column.vi},
        "dc:description": column.description,
        "datatype": column.kind,
    }
    if column.property is not None:
        described["propertyUrl"] = column.property.value
        if column.kind == "anyURI":
            # The address is what valueUrl makes of the text; a parsed URI is more than some readers can put into it.
            described |= {"datatype": "string", "valueUrl": f"{{+{column.name}}}"}
        elif column.property == MG.basis:
            described["valueUrl"] = f"{MG}{{{column.name}}}"
    return described
