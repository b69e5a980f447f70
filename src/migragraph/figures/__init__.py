"""Figures: the numbers, sums, shares, dates and spans that a phrase states, read by rules that are data."""

from __future__ import annotations

from migragraph.figures.figure import KINDS, Figure
from migragraph.figures.reading import LANGUAGES, find_figures, read_figures
from migragraph.figures.rendering import RENDERINGS
from migragraph.figures.ruleset import Rules, RulesError, load_rules

__all__ = [
    "KINDS",
    "LANGUAGES",
    "RENDERINGS",
    "Figure",
    "Rules",
    "RulesError",
    "find_figures",
    "load_rules",
    "read_figures",
]
