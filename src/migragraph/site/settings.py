"""The settings of a site, as the table ``[site]`` of ``migragraph.toml`` gives them; all may be left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migragraph.errors import ProjectError
from migragraph.layout import DESCRIPTION, Layout
from migragraph.site.pages import SCHEMES

__all__ = ["Settings", "read_settings"]

# What no address holds (https://www.rfc-editor.org/rfc/rfc3986#section-2) but for what is filled in.
_NOT_IN_ADDRESS = re.compile(r"""[\x00-\x20"<>\\^`{|}\x7f-\x9f]""")
_BLANK = re.compile(r"\{(?:subject|body)\}")
_KNOWN = ("headline", "report", "static", "templates", "url", "view")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project says of its site.

    ``url`` is the address of its root, ending in ``/``, or empty; ``report`` the address to which errors are reported,
    with ``{subject}`` and ``{body}`` to be filled in, or empty; ``headline`` names the observations on the first page;
    ``templates`` and ``static`` are folders whose files go before ours; ``views`` are the project's own.
    """

    url: str = ""
    report: str = ""
    headline: tuple[str, ...] = ()
    templates: Path | None = None
    static: Path | None = None
    views: tuple[Mapping[str, Any], ...] = ()


def read_settings(layout: Layout) -> Settings:
    """Read the settings of a project; raise ProjectError, naming the file, for what is not as it should be."""
    path, table = layout.root / DESCRIPTION, layout.site
    for name in table:
        if name not in _KNOWN:
            raise ProjectError(f"[site] knows no {name!r}.", path=path, advice=f"It knows {', '.join(_KNOWN)}.")
    url = _address(path, table, "url")
    return Settings(
        url=url and url.rstrip("/") + "/",
        report=_address(path, table, "report"),
        headline=_list(path, table, "headline"),
        templates=_folder(layout, table, "templates"),
        static=_folder(layout, table, "static"),
        views=_views(path, table),
    )


def _address(path: Path, table: Mapping[str, Any], name: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str) or (value and not _is_address(value)):
        advice = f"Begin it with {', '.join(SCHEMES)}, and encode spaces and quotes; or leave it out."
        raise ProjectError(f"site.{name} is no address to which a page may lead: {value!r}.", path=path, advice=advice)
    return value


def _is_address(value: str) -> bool:
    return value.startswith(SCHEMES) and not _NOT_IN_ADDRESS.search(_BLANK.sub("", value))


def _list(path: Path, table: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ProjectError(f"site.{name} is not a list of texts.", path=path, advice=f'Write: {name} = ["..."]')
    return tuple(value)


def _folder(layout: Layout, table: Mapping[str, Any], name: str) -> Path | None:
    value = table.get(name)
    if value is None:
        return None
    folder = layout.root / str(value)
    if not folder.is_dir():
        path = layout.root / DESCRIPTION
        raise ProjectError(
            f"site.{name} is no folder: {value!r}.", path=path, advice=f"Make {folder}, or leave it out."
        )
    return folder


def _views(path: Path, table: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    value = table.get("view", [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        advice = "Write [[site.view]], then its lines."
        raise ProjectError("site.view is not an array of tables.", path=path, advice=advice)
    return tuple(value)
