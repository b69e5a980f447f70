"""Fidelity: does a phrase say what the fact says that it is quoted for?"""

from __future__ import annotations

from migragraph.fidelity.context import Context
from migragraph.fidelity.judgement import judge, judge_subject

__all__ = ["Context", "judge", "judge_subject"]
