"""Sources: the address at which a source's text is read, and the file that holds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from migragraph.dataset import Dataset
from migragraph.errors import CallError, OutputError
from migragraph.iris import local_name, shorten_iri
from migragraph.namespaces import SCHEMA
from migragraph.writing import write_files

__all__ = ["Address", "find_address", "name_text", "write_texts"]

_NOT_KEPT = re.compile(r"[^\w.-]")
_BY_HAND = "save its text by hand where the texts of the project lie."


class Address(NamedTuple):
    """The address at which a source's text is read, and the page that lies there: the source, or what it translates."""

    source: NamedNode
    url: str
    page: NamedNode


def find_address(dataset: Dataset, source: NamedNode, *, allow_translated: bool = False) -> Address:
    """Give the address of a source; raise CallError where it has none of its own.

    With ``allow_translated``, a source without an address is read where the page lies of which it is a translation:
    the text that lies there is in that page's language.
    """
    if urls := _values(dataset, source, SCHEMA.url):
        return Address(source, urls[0], source)
    for value in _values(dataset, source, SCHEMA.translationOfWork):
        page = NamedNode(value)
        if urls := _values(dataset, page, SCHEMA.url):
            if allow_translated:
                return Address(source, urls[0], page)
            raise _explain_translation(dataset, source, page, urls[0])
    advice = f"Give it one, with its evidence, or {_BY_HAND}"
    raise CallError(f"{shorten_iri(source.value, dataset.prefixes)} has no address (schema:url).", advice=advice)


def name_text(dataset: Dataset, source: NamedNode) -> str:
    """Name the file that holds a source's text: as [texts] of migragraph.toml has it, or else after its IRI.

    Raise CallError where migragraph.toml gives what is no name of a file in one folder.
    """
    name = dataset.layout.texts.get(source.value)
    if name is None:
        return f"{_NOT_KEPT.sub('-', local_name(source.value)) or 'text'}.txt"
    if not name.isprintable() or Path(name).name != name or name in ("", ".."):
        short = shorten_iri(source.value, dataset.prefixes)
        advice = "Name it there without a folder."
        raise CallError(f"[texts] of migragraph.toml names no file for {short}: {name!r}.", advice=advice)
    return name


def write_texts(folder: Path, texts: Mapping[str, str], *, replace: bool = False) -> list[Path]:
    """Write texts into a folder as UTF-8, by the names of their files, all of them or none; give their paths.

    Raise OutputError where they cannot be written, or where, without ``replace``, another text lies in one's place.
    """
    data = {name: text.encode() for name, text in texts.items()}
    changed = {name: new for name, new in data.items() if _is_changed(folder / name, new, replace)}
    if changed:
        write_files(folder, changed)
    return [folder / name for name in data]


def _is_changed(path: Path, data: bytes, replace: bool) -> bool:
    """Tell whether a file is to be written; raise OutputError for what may not be replaced."""
    try:
        if not path.exists():
            return True
        if path.is_file() and path.read_bytes() == data:
            return False
    except OSError as error:
        message = f"what lies there cannot be read: {error.strerror}."
        raise OutputError(message, path=path, advice="Nothing was changed.") from error
    if not path.is_file():
        raise OutputError("what lies there is no file.", path=path, advice="Move it away. Nothing was changed.")
    if not replace:
        advice = "Nothing was changed. Move it away, or add --replace."
        raise OutputError("another text lies there.", path=path, advice=advice)
    return True


def _values(dataset: Dataset, subject: NamedNode, predicate: NamedNode) -> list[str]:
    """Give the values of a property, sorted: the shapes allow one, and what is asked is the same every time."""
    found = dataset.index.get(subject, {}).get(predicate, ())
    return sorted(value.value for value in found if isinstance(value, Literal | NamedNode))


def _explain_translation(dataset: Dataset, source: NamedNode, page: NamedNode, url: str) -> CallError:
    name, other = (shorten_iri(one.value, dataset.prefixes) for one in (source, page))
    language = "".join(f" ({code})" for code in _values(dataset, page, SCHEMA.inLanguage))
    message = f"{name} has no address of its own: {url} is that of {other}{language}, of which it is a translation."
    return CallError(message, advice=f"Fetch {other} by its own name, or {_BY_HAND}")
