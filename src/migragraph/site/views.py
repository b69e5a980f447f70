"""The table of views: each a row that names a template and the queries, or the models, whose answers fill it.

A new kind of page is a row in ``views.toml`` (or a ``[[site.view]]`` of a project), a query and a template.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from migragraph.errors import ProjectError
from migragraph.wording import LANGUAGES

__all__ = ["MENUS", "View", "list_views"]

MENUS = ("graph", "views", "ask", "model")
"""The groups of the menu, in their order."""

_KNOWN = {"menu", "models", "path", "queries", "summary", "template", "title", "values"}


@dataclass(frozen=True, slots=True)
class View:
    """A view: where it lies, what it is called in each language, and what fills its template.

    ``queries`` give, for a name in the template, the query script whose rows it gets; ``values`` the parameters of the
    scripts by name; ``models`` name functions of ``site.models``, whose values are put beside them.
    """

    path: str
    template: str
    title: Mapping[str, str]
    summary: Mapping[str, str] = field(default_factory=dict)
    menu: str = ""
    queries: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    models: tuple[str, ...] = ()

    def called(self, language: str) -> str:
        """Give the title in a language, or else in English, or else any."""
        return self.title.get(language) or self.title.get(LANGUAGES[0]) or next(iter(self.title.values()))

    def summed_up(self, language: str) -> str:
        """Give the summary in a language, or else in English, or else the empty string."""
        return self.summary.get(language) or self.summary.get(LANGUAGES[0], "")


def list_views(own: Iterable[Mapping[str, Any]] = (), place: Path | None = None) -> list[View]:
    """List the views of every site, those of a project instead of ours where they lie at the same path, then the rest.

    Raises ProjectError, naming the file ``place``, for a row that is not as it should be.
    """
    table = tomllib.loads(files(__package__).joinpath("views.toml").read_text("utf-8"))
    views = {row["path"]: _read(row, None) for row in table["view"]}
    views |= {view.path: view for view in (_read(row, place) for row in own)}
    return list(views.values())


def _read(row: Mapping[str, Any], place: Path | None) -> View:
    for name in ("path", "template", "title"):
        if name not in row:
            raise ProjectError(f"a view has no {name}.", path=place, advice=f"Add a line: {name} = ...")
    for name in sorted(row.keys() - _KNOWN):
        raise ProjectError(f"a view knows no {name!r}.", path=place, advice=f"It knows {', '.join(sorted(_KNOWN))}.")
    title, summary = _forms(row["title"]), _forms(row.get("summary", {}))
    return View(**{**row, "title": title, "summary": summary, "models": tuple(row.get("models", ()))})


def _forms(value: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"en": value} if isinstance(value, str) else value
