"""The configuration of each server, from templates whose values are written as that server reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from migragraph.errors import ProjectError
from migragraph.layout import DESCRIPTION
from migragraph.paths import PLAIN
from migragraph.site.catalog.notfound import STYLE
from migragraph.site.catalog.sitemap import Pages
from migragraph.site.media import CACHED, HEADERS, MEDIA_TYPES, write_policy
from migragraph.site.servers.weighing import LESS, list_languages, list_types
from migragraph.site.site import Site
from migragraph.templates import open_templates

__all__ = ["SERVERS", "Odd", "list_odd", "quote_apache", "quote_caddy", "quote_nginx", "render_servers"]

_PLAIN_PATH = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*")
# What stays as it is in a request: https://www.rfc-editor.org/rfc/rfc3986#section-3.3, the query after it, and what is
# percent-encoded already.
_IN_REQUESTS = "/?:@!$&'()*+,;=-._~%"


class Odd(NamedTuple):
    """A document whose name no file has: what is asked for (a pattern), and the path without suffix that is given."""

    pattern: str
    path: str


def quote_nginx(value: object) -> str:
    """Write a value as nginx reads it: a number, or in double quotes, in which backslashes escape."""
    text = _check(value, "").replace("\\", "\\\\").replace('"', '\\"')
    return text if isinstance(value, int) else f'"{text}"'


def quote_apache(value: object) -> str:
    """Write a value as mod_rewrite reads it: a number, or in double quotes, in which nothing can be escaped."""
    return str(value) if isinstance(value, int) else f'"{_check(value, chr(34))}"'


def quote_caddy(value: object) -> str:
    """Write a value as Caddy reads it: a number, or in backticks, in which nothing can be escaped."""
    return str(value) if isinstance(value, int) else f"`{_check(value, '`')}`"


def _check(value: object, forbidden: str) -> str:
    text = str(value)
    if any(not character.isprintable() or character in forbidden for character in text):
        raise ProjectError(f"no server's configuration can hold {text!r}.", advice="Rename it.")
    return text


class Server(NamedTuple):
    """A server: the template of its configuration, how values are written in it, and how it names what was captured."""

    template: str
    quote: Callable[[object], str]
    captured: str


SERVERS: Mapping[str, Server] = {
    "Caddyfile": Server("Caddyfile.jinja", quote_caddy, "${1}"),
    "apache.htaccess": Server("apache.htaccess.jinja", quote_apache, "%1"),
    "nginx.conf": Server("nginx.conf.jinja", quote_nginx, "$1"),
    "w3id.htaccess": Server("w3id.htaccess.jinja", quote_apache, "%1"),
}
"""The servers, by the name of the file that is written for each."""


def render_servers(site: Site, pages: Pages) -> Iterator[tuple[str, bytes]]:
    """Render the configuration of every server; w3id's redirects only where the settings give the site an address.

    Raises ProjectError where an address cannot be written into a configuration.
    """
    values = _collect(site, pages)
    for name, server in SERVERS.items():
        if name != "w3id.htaccess" or site.settings.url:
            environment = open_templates("migragraph.site.servers", write=server.quote)
            template = environment.get_template(server.template)
            yield f"servers/{name}", template.render(captured=server.captured, **values).encode()


def list_odd(paths: Mapping[str, str], base: str) -> list[Odd]:
    """List the documents under a base whose names no file can have, but for the base itself: that is the first page."""
    rests = ((iri.removeprefix(base), path) for iri, path in paths.items())
    return [Odd(_match(rest), path) for rest, path in rests if rest not in ("", path)]


def _match(rest: str) -> str:
    """Match what is asked for: percent-encoded as it should be, or with the letters themselves, as some clients do."""
    encoded = re.escape(quote(rest, safe=_IN_REQUESTS))
    return encoded if rest.isascii() or not rest.isprintable() else f"(?:{encoded}|{re.escape(rest)})"


def list_patterns(site: Site, pages: Pages) -> list[str]:
    """List patterns of the paths of pages beside which no RDF lies: by their folder, where no document lies there."""
    documents = {document.path for document in site.documents.values()}
    folders = {path.partition("/")[0] for path in documents}
    paths = {path for path, _ in pages} - documents
    own = {path for path in paths if path.partition("/")[0] in folders}
    kept = {path.partition("/")[0] for path in paths - own}
    return sorted([*map(re.escape, own), *(f"{re.escape(folder)}(?:/.*)?" for folder in kept)])


def _collect(site: Site, pages: Pages) -> dict[str, object]:
    url = urlsplit(site.settings.url or "https://example.org/")
    paths = {iri: document.path for iri, document in site.documents.items()}
    return {
        "host": url.hostname or "example.org",
        "prefix": _plain(site, url.path or "/"),
        "base": _plain(site, urlsplit(site.layout.base).path),
        "url": site.settings.url,
        "types": list_types(),
        "languages": list_languages(site.languages),
        "pages": list_patterns(site, pages),
        "less": LESS,
        "odd": list_odd(paths, site.layout.base),
        "plain": PLAIN,
        "media": MEDIA_TYPES,
        "cached": CACHED,
        "headers": HEADERS,
        "policy": write_policy([STYLE]),
    }


def _plain(site: Site, path: str) -> str:
    if not _PLAIN_PATH.fullmatch(path):
        raise ProjectError(
            f"no server's configuration can hold the path {path!r} of site.url or of the base.",
            path=site.layout.root / DESCRIPTION,
            advice="Use letters, digits, and - . _ ~ between its slashes.",
        )
    return path
