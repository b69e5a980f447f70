"""The menu: the views of a site and the documents that define, in groups, drawn once for many pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from migragraph.site.pages import Page
from migragraph.site.views import MENUS, View
from migragraph.site.words import say
from migragraph.templates import mark_safe
from migragraph.wording import LANGUAGES

if TYPE_CHECKING:
    from migragraph.templates import Environment

__all__ = ["Menu", "Menus"]

_DEFINERS = "model"
_TEMPLATE = "menu.html.jinja"


class Menu(NamedTuple):
    """A group of the menu: its name, and the path and the title of each of its pages."""

    name: str
    views: tuple[tuple[str, str], ...]


class Menus:
    """The menus of a site, one for each language, for how deep a page lies, and for each page that is in them."""

    def __init__(self, views: Sequence[View], definers: Sequence[tuple[str, str]], environment: Environment) -> None:
        """Take the views, the paths of the documents that define with what they define, and the templates."""
        self._views = views
        self._definers = definers
        self._environment = environment
        self._drawn: dict[tuple[str, str, str], str] = {}

    def list(self, language: str) -> list[Menu]:
        """List the groups in a language; among those of the model stand the documents that define terms and shapes."""
        found: dict[str, list[tuple[str, str]]] = {name: [] for name in MENUS}
        for path, kind in self._definers:
            found[_DEFINERS].append((path, say(f"defines-{kind}", language)))
        for view in self._views:
            if view.menu in found:
                found[view.menu].append((view.path, view.called(language)))
        return [Menu(name, tuple(views)) for name, views in found.items() if views]

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(path for group in self.list(LANGUAGES[0]) for path, _ in group.views)

    def draw(self, page: Page) -> str:
        """Draw the menu of a page, once for all pages as deep as it that are not in the menu."""
        key = page.language, page.root, page.path if page.path in self._listed else ""
        if key not in self._drawn:
            template = self._environment.get_template(_TEMPLATE)
            self._drawn[key] = mark_safe(template.render(page=page, groups=self.list(page.language)))
        return self._drawn[key]
