"""The site: a folder of pages and RDF that any static host serves, every IRI a page, every fact with its words."""

from __future__ import annotations

from migragraph.site.building import Built, build_site, list_missing
from migragraph.site.site import Site

__all__ = ["Built", "Site", "build_site", "list_missing"]
