"""The media types of a site's files, and what a server should say with them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

__all__ = ["CACHED", "HEADERS", "MEDIA_TYPES", "write_policy"]

MEDIA_TYPES: Mapping[str, str] = {
    "css": "text/css",
    "csv": "text/csv",
    "html": "text/html",
    "ico": "image/vnd.microsoft.icon",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "png": "image/png",
    "rq": "application/sparql-query",
    "svg": "image/svg+xml",
    "trig": "application/trig",
    "ttl": "text/turtle",
    "txt": "text/plain",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
}
"""The media type of a file by its suffix; those of text are UTF-8 (https://www.iana.org/assignments/media-types)."""

HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # Anybody's page may read open data.
    "Access-Control-Allow-Origin": "*",
}
"""What is said with every file."""

CACHED: Mapping[str, str] = {
    "assets/": "public, max-age=86400",
    "": "public, max-age=600",
}
"""How long a file may be kept, by the beginning of its path: names do not change when what they name does."""


def write_policy(inline: Iterable[str] = ()) -> str:
    """Write the Content-Security-Policy: nothing from elsewhere, and inline only the styles given, by their hashes."""
    hashes = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inline]
    parts = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'"],
        "style-src": ["'self'", *hashes],
        # The editor of the SPARQL page writes style attributes, and its engine runs in a worker made on the page.
        "style-src-attr": ["'unsafe-inline'"],
        "worker-src": ["'self'", "blob:"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    return "; ".join(" ".join([name, *sources]) for name, sources in parts.items())
