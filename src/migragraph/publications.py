"""Publications: what a dataset is exported as, besides the serialisations of RDF, by the name that a user gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from migragraph.dataset import Dataset

__all__ = ["PUBLICATIONS", "render_format"]


def render_format(dataset: Dataset, format_: str) -> dict[str, bytes]:
    """Render a dataset in a format, a publication or a serialisation of RDF: its files by their names."""
    from migragraph.export import render_export

    return PUBLICATIONS[format_](dataset) if format_ in PUBLICATIONS else render_export(dataset, format_)


def _render_facts(dataset: Dataset) -> dict[str, bytes]:
    from migragraph.facts import render_facts

    return render_facts(dataset)


def _render_nanopubs(dataset: Dataset) -> dict[str, bytes]:
    from migragraph.nanopubs import render_nanopubs

    return render_nanopubs(dataset)


PUBLICATIONS: dict[str, Callable[[Dataset], dict[str, bytes]]] = {"facts": _render_facts, "nanopubs": _render_nanopubs}
"""What an export can be besides a serialisation of RDF, by the name that a user gives."""
