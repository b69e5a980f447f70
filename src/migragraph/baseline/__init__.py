"""A baseline: the findings that are known, and the waivers, so that a check fails on what is new alone."""

from __future__ import annotations

from migragraph.baseline.entries import Baseline, Known, Waiver
from migragraph.baseline.judgement import apply_baseline
from migragraph.baseline.reading import read_baseline
from migragraph.baseline.rendering import render_baseline
from migragraph.baseline.updating import update_baseline

__all__ = ["Baseline", "Known", "Waiver", "apply_baseline", "read_baseline", "render_baseline", "update_baseline"]
