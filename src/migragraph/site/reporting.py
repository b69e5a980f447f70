"""Reports of errors: the address at which a reader tells of a fact that is wrong, filled in with the fact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from migragraph.site.pages import Page
from migragraph.site.shortening import shorten_text

__all__ = ["Reporter"]

_LONGEST = 100
"""Of a value so many characters go into an address: each fact has one, and each letter with a mark takes nine bytes."""

_MAIL = "mailto:"
_FILLED_IN = "subject={subject}&body={body}"


@dataclass(frozen=True)
class Reporter:
    """Fill in the address of a page's reports, which holds ``{subject}`` and ``{body}``, or is empty.

    That of a mailbox which holds neither is given both, as https://www.rfc-editor.org/rfc/rfc6068 writes them.
    """

    address: str
    page: Page

    def link_thing(self, iri: str, name: str) -> str:
        """Give the address for a thing as a whole, by its name, its IRI and its page, or the empty string."""
        return self._fill(name, iri, self.page.address() or self.page.file)

    def link_fact(self, thing: str, property_: str, value: str) -> str:
        """Give the address for a fact, by the CURIEs of thing and property, and the value, or the empty string."""
        return self._fill(f"{thing} {property_}", shorten_text(value, _LONGEST))

    def _fill(self, told: str, *lines: str) -> str:
        if not self.address:
            return ""
        subject = self.page.say("error-subject", thing=told)
        # Where there is no subject to tell what it is about, the body does.
        first = () if "{subject}" in self._parts else (told,)
        body = "\n".join(line for line in (*first, *lines) if line) + "\n\n"
        parts = {"{subject}": self._encode(subject), "{body}": self._encode(body)}
        return "".join(parts.get(part, part) for part in self._parts)

    @cached_property
    def _parts(self) -> list[str]:
        return re.split(r"(\{subject\}|\{body\})", self._template)

    def _encode(self, text: str) -> str:
        """Encode all that means something there; a surrogate, which no address holds, becomes a question mark."""
        return quote(text.replace("\n", "\r\n").encode("utf-8", "replace"), safe=self._safe)

    @cached_property
    def _safe(self) -> str:
        # A query may hold it as it is (https://www.rfc-editor.org/rfc/rfc3986#section-3.4); a path may not.
        return "/" if "{" not in self._template.partition("?")[0] else ""

    @cached_property
    def _template(self) -> str:
        address = self.address
        if not address.startswith(_MAIL) or "{subject}" in address or "{body}" in address:
            return address
        return f"{address}{'&' if '?' in address else '?'}{_FILLED_IN}"
