"""Search: what the search page of a site is made of, and what the browser finds things by."""

from __future__ import annotations

from migragraph.site.search.data import LIMIT, render_search_data
from migragraph.site.search.entries import Entry, collect_entries

__all__ = ["LIMIT", "Entry", "collect_entries", "render_search_data"]
