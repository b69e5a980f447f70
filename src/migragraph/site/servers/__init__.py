"""Servers: configuration for those that serve a site, so that each IRI gives a page to people and RDF to machines."""

from __future__ import annotations

from migragraph.site.servers.configuration import SERVERS, render_servers

__all__ = ["SERVERS", "render_servers"]
