"""The queries of constraints, compiled to joins on the columns for all focus nodes at once, or run one by one."""

from __future__ import annotations

from migragraph.shacl.fast.queries.constraints import ask_query

__all__ = ["ask_query"]
