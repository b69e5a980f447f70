"""Drawing: an SVG as a tree of elements, with a name and a description for those who do not see it.

Widths are percentages and heights are pixels: a drawing fills the column it stands in, and its letters keep their size.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from migragraph.site.charts.lettering import LEADING, SIZE, SMALL, clean_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markupsafe import Markup

__all__ = ["ACCENT", "INK", "LINE", "PAGE", "QUIET", "SOFT", "Drawing", "percent"]

INK = "currentColor"
ACCENT = "var(--accent, #0b5c5e)"
SOFT = "var(--accent-soft, #e0eeec)"
QUIET = "var(--quiet, #565c60)"
LINE = "var(--line, #d8d4ca)"
PAGE = "var(--page, #fdfcfa)"
"""The colours are those of the page, by the names that the stylesheet gives them; a drawing by itself has our own."""

_NAMESPACE = "http://www.w3.org/2000/svg"
_SCHEMES = ("https:", "http:", "mailto:")
_STRIPE = 6


def percent(share: float) -> str:
    """Write a share from 0 to 1 as a percentage."""
    return f"{round(100 * share, 3):g}%"


class Drawing:
    """An SVG that is being drawn. ``key`` tells it from the other drawings of a page; ``height`` grows as it is drawn.

    A drawing with links in it is a group for those who do not see it; any other is one picture.
    """

    def __init__(self, key: str, title: str, description: str, *, has_links: bool = False) -> None:
        self.key = key
        self.height = 0.0
        self.root = ElementTree.Element(
            "svg",
            {
                "xmlns": _NAMESPACE,
                "class": "chart",
                "role": "group" if has_links else "img",
                "aria-labelledby": f"{key}-title",
                "aria-describedby": f"{key}-description",
                "width": "100%",
                "font-family": "system-ui, sans-serif",
                "font-size": str(SIZE),
            },
        )
        self.add("title", id=f"{key}-title").text = clean_text(title)
        self.add("desc", id=f"{key}-description").text = clean_text(description)
        self._styles: set[str] = set()

    def add(self, tag: str, parent: Element | None = None, **attributes: object) -> Element:
        """Add an element; underscores in the names of attributes stand for hyphens."""
        named = {name.rstrip("_").replace("_", "-"): _write(value) for name, value in attributes.items()}
        return ElementTree.SubElement(self.root if parent is None else parent, tag, named)

    def write(
        self, text: str, x: str | float, y: float, parent: Element | None = None, **attributes: object
    ) -> Element:
        """Write a text at a place; its colour is that of the page's text."""
        element = self.add("text", parent, x=x, y=y, **{"fill": INK, **attributes})
        element.text = clean_text(text)
        return element

    def write_lines(
        self, lines: Iterable[str], x: str | float, y: float, parent: Element | None = None, **attributes: object
    ) -> None:
        """Write lines below one another, the first with its baseline at ``y``."""
        leading = LEADING if attributes.get("font_size", SIZE) == SIZE else SMALL + 4
        for number, line in enumerate(lines):
            self.write(line, x, y + number * leading, parent, **attributes)

    def place(self, x: str, y: float, parent: Element | None = None) -> Element:
        """Give a place at a share of the width, around which what is drawn is measured in pixels."""
        return self.add("svg", parent, x=x, y=y, overflow="visible")

    def link(self, href: str, parent: Element | None = None, tag: str = "") -> Element:
        """Give a link to draw in, a group where no page may lead to the address; ``tag`` is the language in it."""
        attributes = {"lang": tag} if tag else {}
        if not _is_safe(href):
            return self.add("g", parent, **attributes)
        return self.add("a", parent, href=href, **attributes)

    def stripes(self) -> str:
        """Give the paint of what may be and may not be: stripes."""
        name = f"{self.key}-stripes"
        if name not in self._styles:
            self._styles.add(name)
            pattern = self.add(
                "pattern",
                id=name,
                width=_STRIPE,
                height=_STRIPE,
                patternUnits="userSpaceOnUse",
                patternTransform="rotate(45)",
            )
            self.add("rect", pattern, width=_STRIPE, height=_STRIPE, fill=SOFT)
            self.add("rect", pattern, width=_STRIPE / 2, height=_STRIPE, fill=ACCENT)
        return f"url(#{name})"

    def fade(self, *, leftward: bool = False) -> str:
        """Give the paint of what goes on without a known end: it fades away."""
        name = f"{self.key}-fade{'-left' if leftward else ''}"
        if name not in self._styles:
            self._styles.add(name)
            gradient = self.add("linearGradient", id=name, x1=int(leftward), x2=int(not leftward))
            self.add("stop", gradient, offset=0, stop_color=ACCENT)
            self.add("stop", gradient, offset=1, stop_color=ACCENT, stop_opacity=0)
        return f"url(#{name})"

    def render(self) -> Markup:
        """Give the drawing as markup: XML that HTML takes too."""
        from markupsafe import Markup

        self.root.set("height", _write(self.height))
        # The tree escapes every text and attribute that is in it.
        return Markup(ElementTree.tostring(self.root, encoding="unicode"))


def _write(value: object) -> str:
    return f"{round(value, 2):g}" if isinstance(value, float) else str(value)


def _is_safe(href: str) -> bool:
    """Tell whether a link may lead to an address: a relative one, or one of few schemes."""
    if not href or not href.isprintable() or href != href.strip():
        return False
    start = href.partition("/")[0].partition("?")[0].partition("#")[0]
    return ":" not in start or href.lower().startswith(_SCHEMES)
