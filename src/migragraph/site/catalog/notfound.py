"""The page for an address at which nothing lies: complete in itself, since it is asked for from any depth."""

from __future__ import annotations

from migragraph.site.site import Site
from migragraph.site.words import say

__all__ = ["STYLE", "render_not_found"]

STYLE = (
    ":root{color-scheme:light dark;--accent:#0b5c5e}"
    "@media(prefers-color-scheme:dark){:root{--accent:#6cc5c1}}"
    "body{font:1.125rem/1.6 system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1.5rem}"
    "h1{font-size:1.75rem;line-height:1.25}"
    "a{color:var(--accent)}"
    "div+div{border-top:1px solid;margin-top:2rem}"
)
"""The style of the page. A policy names it by its hash; nothing in it is escaped in HTML."""


def render_not_found(site: Site) -> bytes:
    """Render ``404.html``, in every language of the site at once; the way home is given where its address is known."""
    template = site.environment.get_template("not-found.html.jinja")
    return template.render(style=STYLE, say=say, languages=site.languages, home=site.settings.url).encode()
