"""Patterns as Python runs them, in time without a bound."""

from __future__ import annotations

import re
import warnings

from migragraph.shacl.regex.translation import translate_pattern

__all__ = ["compile_pattern"]

FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
# Python would see a plain bracket in a class that is taken away from a class.
SUBTRACTION = re.compile(r"(?<!\\)\[(?:\\.|[^\]\\])*-\[")


def compile_pattern(pattern: str, flags: str = "") -> re.Pattern[str] | None:
    """Give the pattern as one of Python, or None where it is none, or would mean something else there."""
    if SUBTRACTION.search(pattern) or translate_pattern(pattern, flags) != pattern:
        return None
    try:
        with warnings.catch_warnings():
            # It warns of what another engine may read otherwise.
            warnings.simplefilter("error")
            return re.compile(pattern, sum(FLAGS[flag] for flag in set(flags)))
    except (re.error, KeyError, RecursionError, OverflowError, Warning):
        return None
