"""Templates: the one door to jinja2, with everything escaped that a template does not mark as markup itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment, Template

__all__ = ["Environment", "Template", "open_templates"]


def open_templates(
    package: str, folders: Sequence[Path] = (), *, write: Callable[[object], str] | None = None
) -> Environment:
    """Open the templates of a package's folder ``templates``; those of other folders go before them.

    A value is escaped, a name that is not there is an error, and a block leaves no line of its own. What is no HTML is
    escaped by ``write``, through which every value then goes.
    """
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    own = FileSystemLoader(str(files(package).joinpath("templates")))
    loader = ChoiceLoader([FileSystemLoader([str(folder) for folder in folders]), own])
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        finalize=write and (lambda value: Markup(write(value))),
        loader=loader,
    )
