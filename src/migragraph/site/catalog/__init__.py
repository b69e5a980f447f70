"""The catalog: what the published graph is and holds, for programs; what crawlers, browsers and hosts look for."""

from __future__ import annotations

from migragraph.site.catalog.catalog import RESERVED, render_catalog, render_map, render_root
from migragraph.site.catalog.notfound import STYLE

__all__ = ["RESERVED", "STYLE", "render_catalog", "render_map", "render_root"]
