"""Lookup: the thing or property that somebody means by an IRI, a CURIE, a name, or a number as people write it."""

from __future__ import annotations

from migragraph.lookup.folding import fold_name
from migragraph.lookup.properties import find_properties
from migragraph.lookup.things import Lookup

__all__ = ["Lookup", "find_properties", "fold_name"]
