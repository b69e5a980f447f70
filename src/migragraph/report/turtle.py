"""The standard SHACL report in Turtle."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, serialize

from migragraph.namespaces import SH, XSD
from migragraph.report.findings import Report

__all__ = ["render_turtle"]

# What a SHACL report is written with, under the names that everybody gives them.
STANDARD = {"sh": str(SH), "xsd": str(XSD)}


def render_turtle(report: Report, *, start: Path | None = None) -> str:
    """Write the standard SHACL report, https://www.w3.org/TR/shacl/#validation-report: other findings are not in it."""
    prefixes = {prefix: iri for prefix, iri in report.prefixes.items() if iri not in STANDARD.values()} | STANDARD
    named = {term.value for triple in report.shacl_graph for term in triple if isinstance(term, NamedNode)}
    used = {prefix: iri for prefix, iri in sorted(prefixes.items()) if any(name.startswith(iri) for name in named)}
    text = (serialize(report.shacl_graph, format=RdfFormat.TURTLE, prefixes=used) or b"").decode()
    # A tab at the start of a line is layout: in strings the serialiser escapes both.
    return text.replace("\n\t", "\n    ")
