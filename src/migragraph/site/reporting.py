"""Reports of errors: the address at which a reader tells of a fact that is wrong, filled in with the fact."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from migragraph.site.pages import Page
from migragraph.site.shortening import shorten_text

__all__ = ["Reporter"]

_LONGEST = 300
"""Of a value so many characters go into an address; browsers and mail programs cut off long ones."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Fill in the address of a page's reports: ``address`` holds ``{subject}`` and ``{body}``, or is empty."""

    address: str
    page: Page

    def link(self, iri: str, name: str, property_: str = "", label: str = "", value: str = "") -> str:
        """Give the address for one fact, or for a thing as a whole, or the empty string where none is set.

        The subject names the thing and the property for people; the body gives their IRIs, the value and the page.
        """
        if not self.address:
            return ""
        subject = self.page.say("error-subject", thing=": ".join(part for part in (name, label) if part))
        lines = (iri, property_, shorten_text(value, _LONGEST), self.page.address() or self.page.file)
        body = "\n".join(line for line in lines if line) + "\n\n"
        return self.address.replace("{subject}", _encode(subject)).replace("{body}", _encode(body))


def _encode(text: str) -> str:
    """Encode all that means something in an address; a surrogate, which no address holds, becomes a question mark."""
    return quote(text.replace("\n", "\r\n").encode("utf-8", "replace"), safe="")
