"""The site: a folder of pages and RDF that any static host serves, every IRI a page, every fact with its words."""

from __future__ import annotations

from migragraph.site.building import build_site
from migragraph.site.site import Site

__all__ = ["Site", "build_site"]
