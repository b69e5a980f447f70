"""The table of facts: every fact with what supports it, as CSV described by CSV on the Web, or as a workbook."""

from migragraph.cells import make_inert
from migragraph.facts.columns import COLUMNS, Column
from migragraph.facts.files import FACTS_FILE, SHEETS, render_facts
from migragraph.facts.rows import FIGURES, Row, list_rows

__all__ = ["COLUMNS", "FACTS_FILE", "FIGURES", "SHEETS", "Column", "Row", "list_rows", "make_inert", "render_facts"]
