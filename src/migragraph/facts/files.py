"""The files of the table of facts: which are written for a name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from migragraph.dataset import Dataset
from migragraph.errors import CallError
from migragraph.facts.rows import list_rows
from migragraph.facts.table import METADATA_ENDING, render_csv, render_metadata
from migragraph.facts.workbook import render_workbook

__all__ = ["FACTS_FILE", "SHEETS", "render_facts"]

FACTS_FILE = "facts.csv"
"""The name of the table where none is asked for."""


def render_facts(dataset: Dataset, name: str = FACTS_FILE) -> dict[str, bytes]:
    """Write the facts under a name that ends in .csv or .xlsx: by its file, and after it that of its description.

    Raises CallError for another ending, OutputError for what the form cannot hold.
    """
    ending = PurePath(name).suffix.lower()
    if ending not in SHEETS:
        forms = " or ".join(SHEETS)
        raise CallError(
            f"facts cannot be written as {name!r}.", advice=f"Name a file that ends in {forms}, or a folder."
        )
    return SHEETS[ending](dataset, name)


def _render_table(dataset: Dataset, name: str) -> dict[str, bytes]:
    return {name: render_csv(list_rows(dataset)), f"{name}{METADATA_ENDING}": render_metadata(dataset, name)}


def _render_workbook(dataset: Dataset, name: str) -> dict[str, bytes]:
    return {name: render_workbook(dataset, list_rows(dataset))}


SHEETS: dict[str, Callable[[Dataset, str], dict[str, bytes]]] = {".csv": _render_table, ".xlsx": _render_workbook}
"""How the facts are written, by what a name ends in."""
