"""Fetching: the text of a source, got from its address, by name and only then.

This is the one door to the network. What comes through it is judged on the way (``targets``, ``addresses``,
``client``), turned into letters (``decoding``) and then into the words of an article (``extraction``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode

from migragraph.dataset import Dataset
from migragraph.errors import CallError
from migragraph.fetching.addresses import Resolver, system_resolver
from migragraph.fetching.client import Connector, get_page, system_connector
from migragraph.fetching.decoding import check_marks, decode_page
from migragraph.fetching.extraction import extract_text
from migragraph.fetching.limits import LIMITS, Deadline, Limits
from migragraph.fetching.sources import Address, find_address, name_text, write_texts
from migragraph.fetching.targets import explain_fault
from migragraph.iris import shorten_iri
from migragraph.labels import collect_labels
from migragraph.layout import Layout
from migragraph.lookup import Lookup
from migragraph.texts import VARIABLE

__all__ = ["LIMITS", "FetchedText", "Limits", "SavedText", "choose_folder", "fetch_text", "fetch_texts"]


class FetchedText(NamedTuple):
    """A text that was fetched: the URL that answered, after any redirects, and the text's SHA-256 in UTF-8."""

    url: str
    media_type: str
    text: str
    sha256: str


class SavedText(NamedTuple):
    """A text in its file: the address asked, what answered, and whether [texts] of migragraph.toml names the file."""

    address: Address
    fetched: FetchedText
    path: Path
    is_named: bool


def fetch_texts(
    dataset: Dataset,
    sources: Sequence[str],
    folder: Path,
    *,
    allow_translated: bool = False,
    replace: bool = False,
    limits: Limits = LIMITS,
    resolve: Resolver = system_resolver,
    connect: Connector = system_connector,
) -> list[SavedText]:
    """Fetch the texts of sources, each an IRI, a CURIE or a label, into a folder: all of them, or none is written.

    Raise CallError, before anything is asked of the network, for a name that is no source with an address.
    """
    lookup = Lookup(dataset, collect_labels(dataset))
    found = [find_address(dataset, one, allow_translated=allow_translated) for one in map(lookup.find, sources)]
    named = _name_files(dataset, list(dict.fromkeys(found)))
    fetched = {
        name: fetch_text(one.url, limits=limits, resolve=resolve, connect=connect) for name, one in named.items()
    }
    paths = write_texts(folder, {name: text.text for name, text in fetched.items()}, replace=replace)
    told = dataset.layout.texts
    return [
        SavedText(address, fetched[name], path, address.source.value in told)
        for (name, address), path in zip(named.items(), paths, strict=True)
    ]


def fetch_text(
    url: str, *, limits: Limits = LIMITS, resolve: Resolver = system_resolver, connect: Connector = system_connector
) -> FetchedText:
    """Fetch the text that lies at a URL; raise CallError for whatever stands against it.

    A resolver and a connector may be given in place of the operating system's; each address that the resolver gives
    is judged all the same.
    """
    deadline = Deadline.after(limits.seconds)
    page = get_page(url, limits, deadline, resolve, connect)
    text = decode_page(page)
    if page.media_type != "text/plain":
        text = extract_text(page.url, text, deadline)
    elif not text.strip():
        raise explain_fault(page.url, "the text that lies there is empty.", "Name another address.")
    check_marks(page.url, text)
    return FetchedText(page.url, page.media_type, text, sha256(text.encode()).hexdigest())


def choose_folder(layout: Layout, named: Path | None) -> Path:
    """Choose the folder of the texts: the one named, or that of MIGRAGRAPH_TEXTS, or that of migragraph.toml.

    The first two need not be there yet. Raise CallError where none is told, or where that of migragraph.toml is not
    there: it may lie where nobody thinks of, beside an installed package.
    """
    if folder := named or os.environ.get(VARIABLE):
        return Path(folder)
    told = layout.folders.get("texts")
    if told and (layout.root / told).is_dir():
        return layout.root / told
    message = (
        f"the folder of the texts, {layout.root / told}, is not there." if told else "no folder is told for texts."
    )
    raise CallError(message, advice=f"Name one with --texts DIR, or set {VARIABLE}.")


def _name_files(dataset: Dataset, addresses: Sequence[Address]) -> dict[str, Address]:
    """Give the addresses by the names of their files; raise CallError where two have one name."""
    named: dict[str, Address] = {}
    for address in addresses:
        name = name_text(dataset, address.source)
        if name in named:
            raise _explain_clash(dataset, name, (named[name].source, address.source))
        named[name] = address
    return named


def _explain_clash(dataset: Dataset, name: str, sources: Sequence[NamedNode]) -> CallError:
    both = " and ".join(shorten_iri(source.value, dataset.prefixes) for source in sources)
    return CallError(f"the texts of {both} would both be {name}.", advice="Name them in [texts] of migragraph.toml.")
