"""A graph project on disk: its description in ``migragraph.toml``, and the files that it is made of."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from pyoxigraph import NamedNode

from migragraph.errors import ProjectError
from migragraph.formats import SUFFIXES

__all__ = ["DESCRIPTION", "FOLDERS", "Layout", "bundled_root", "find_layout", "load_layout"]

DESCRIPTION = "migragraph.toml"
"""The file that makes a folder a graph project."""

_PREFIX = re.compile(r"(?:[^\W\d_](?:[\w.-]*[\w-])?)?")

FOLDERS = ("ontology", "data", "shapes", "queries")
"""The parts of a project, each a folder."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a project is called, and where its parts lie.

    ``base`` is an absolute IRI that ends in ``/``; ``prefixes`` give the one IRI that each prefix means in the project;
    ``texts`` give, for the IRI of a source, the name of the file that holds its text; ``authors`` are those to cite;
    ``site`` is what the description says of the site to be built, as it is written.
    """

    root: Path
    title: str
    base: str
    key: str
    version: str
    licence: str
    languages: tuple[str, ...]
    folders: Mapping[str, str]
    prefixes: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    site: Mapping[str, Any] = field(default_factory=dict)

    @property
    def things(self) -> str:
        """Give the IRI under which the project's things lie."""
        return f"{self.base}{self.key}/"

    def folder(self, part: str) -> Path:
        """Give the folder of a part of the project; raise ProjectError where there is none."""
        path = self.root / self.folders[part]
        if not path.is_dir():
            raise ProjectError(
                f"the project has no folder {self.folders[part]!r} for its {part}.",
                path=self.root / DESCRIPTION,
                advice=f"Make {path}, or set folders.{part}.",
            )
        return path

    def files(self, part: str) -> tuple[Path, ...]:
        """Give the RDF files of a part, sorted; the ontology's examples are a reader's and left out.

        Links are followed. One that leads nowhere is listed, as is a file whose suffix is in capitals, so that reading
        them fails. Raises ProjectError for a folder that is not there, or cannot be read.
        """
        folder = self.folder(part)
        named = (path for path in _walk(folder) if path.suffix.lower() in SUFFIXES)
        found = (path for path in named if path.is_file() or path.is_symlink())
        left_out = folder / "examples" if part == "ontology" else None
        return tuple(sorted(path for path in found if left_out not in path.parents))

    def require_data(self) -> None:
        """Raise ProjectError where the project holds no file of data: all that is said of it would be empty."""
        if not self.files("data"):
            advice = "Put a file of RDF there."
            raise ProjectError("the project holds no data.", path=self.folder("data"), advice=advice)


def _walk(folder: Path) -> Iterator[Path]:
    """Give what is in a folder and in those within, each of these once, however many links lead to it."""
    seen: set[tuple[int, int]] = set()
    for place, folders, names in os.walk(folder, onerror=_refuse, followlinks=True):
        known = os.stat(place)  # noqa: PTH116
        folders.sort()
        if (known.st_dev, known.st_ino) in seen:
            folders.clear()
            continue
        seen.add((known.st_dev, known.st_ino))
        yield from (Path(place, name) for name in names)


def _refuse(error: OSError) -> NoReturn:
    advice = "Make it readable, or take it out of the project."
    raise ProjectError(f"the folder cannot be read: {error.strerror}.", path=error.filename, advice=advice) from error


def bundled_root() -> Path:
    """Give the folder of the bundled Viet Nam graph: inside the installed package, or else the checkout around it."""
    package = Path(__file__).resolve().parent
    inside = package / "bundled"
    return inside if (inside / DESCRIPTION).is_file() else package.parent.parent


def find_layout(start: Path | None = None) -> Layout:
    """Load the nearest project upward from a folder (the working directory by default), else the bundled graph."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / DESCRIPTION).is_file():
            return load_layout(folder)
    return load_layout(bundled_root())


def load_layout(root: Path) -> Layout:
    """Load the description of the project in a folder; raise ProjectError where it is missing or wrong."""
    path = root / DESCRIPTION
    if not root.is_dir():
        raise ProjectError("there is no such folder.", path=root, advice=f"Name a folder that holds {DESCRIPTION}.")
    if not path.is_file():
        raise ProjectError(f"the folder has no {DESCRIPTION}.", path=root, advice="Name the folder of a graph project.")
    return _layout(root, path, _table(path))


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ProjectError("the file is not UTF-8.", path=path, advice="Save it as UTF-8.") from error
    except OSError as error:
        raise ProjectError(f"the file cannot be read: {error.strerror}.", path=path) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProjectError(f"the file is not TOML: {error}.", path=path, advice="Mend it there.") from error


def _layout(root: Path, path: Path, table: Mapping[str, Any]) -> Layout:
    base = _text(path, table, "base")
    if not (_is_iri(base) and base.endswith("/")):
        raise ProjectError(f"base {base!r} is not an absolute IRI that ends in '/'.", path=path, advice="Write one.")
    return Layout(
        root=root,
        title=_text(path, table, "title"),
        base=base,
        key=_text(path, table, "key"),
        version=_text(path, table, "version"),
        licence=_text(path, table, "licence"),
        languages=_list(path, table, "languages", ["en"]),
        authors=_list(path, table, "authors", []),
        folders={part: part for part in FOLDERS} | _texts(path, table, "folders"),
        prefixes=_prefixes(path, table),
        texts={base + key: name for key, name in _texts(path, table, "texts").items()},
        site=_site(path, table),
    )


def _text(path: Path, table: Mapping[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise ProjectError(f"{key} is missing or no text.", path=path, advice=f'Add a line: {key} = "..."')
    return value


def _list(path: Path, table: Mapping[str, Any], key: str, default: list[str]) -> tuple[str, ...]:
    value = table.get(key, default)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ProjectError(f"{key} is not a list of texts.", path=path, advice=f'Write: {key} = ["..."]')
    return tuple(value)


def _prefixes(path: Path, table: Mapping[str, Any]) -> dict[str, str]:
    prefixes = _texts(path, table, "prefixes")
    for prefix, iri in prefixes.items():
        if not _PREFIX.fullmatch(prefix):
            raise ProjectError(
                f"the prefix {prefix!r} is no name that Turtle knows.", path=path, advice="Begin it with a letter."
            )
        if not _is_iri(iri):
            raise ProjectError(f"the prefix {prefix}: means no absolute IRI: {iri!r}.", path=path, advice="Write one.")
    return prefixes


def _site(path: Path, table: Mapping[str, Any]) -> dict[str, Any]:
    value = table.get("site", {})
    if not isinstance(value, dict):
        raise ProjectError("[site] is not a table.", path=path, advice='Write lines: name = "text"')
    return value


def _is_iri(text: str) -> bool:
    try:
        return bool(NamedNode(text))
    except ValueError:
        return False


def _texts(path: Path, table: Mapping[str, Any], key: str) -> dict[str, str]:
    value = table.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise ProjectError(f"[{key}] is not a table of texts.", path=path, advice='Write lines: name = "text"')
    return value
