"""The command `evidence fetch`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migragraph.cli.options import PATH, open_project, project_option, stated_option, write_output

if TYPE_CHECKING:
    from migragraph.dataset import Dataset
    from migragraph.fetching import SavedText

__all__ = ["fetch"]

LONGEST = 3600


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "-o",
    "--texts",
    type=PATH,
    metavar="DIR",
    help="Write into this folder [default: MIGRAGRAPH_TEXTS, else that of migragraph.toml].",
)
@click.option("--replace", is_flag=True, help="Replace another text that lies there.")
@click.option("--allow-translated", is_flag=True, help="Take the page that a source without an address translates.")
@click.option(
    "--timeout",
    type=click.IntRange(1, LONGEST),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long each text may take.",
)
@project_option
@stated_option
def fetch(
    *,
    sources: tuple[str, ...],
    texts: Path | None,
    replace: bool,
    allow_translated: bool,
    timeout: int,
    folder: Path | None,
    stated_only: bool,
) -> None:
    """Fetch the text of each SOURCE (an IRI, a CURIE or a label) from its address, into the folder of the texts.

    Only public addresses are asked, by http and https. All the texts are written, or none.

    \b
    Example:
      migragraph evidence fetch source:vietnamtimes-37984 --texts texts
    """
    from migragraph.fetching import Limits, choose_folder, fetch_texts

    project = open_project(folder)
    dataset = project.dataset(stated_only=stated_only)
    place = choose_folder(project.layout, texts)
    limits = Limits(seconds=timeout)
    saved = fetch_texts(dataset, sources, place, allow_translated=allow_translated, replace=replace, limits=limits)
    for text in saved:
        write_output("".join(f"{line}\n" for line in _describe(dataset, text)))
    told = "" if texts is None else f" --texts {texts}"
    write_output(f"`migragraph evidence{told}` looks for the phrases in what was fetched.\n")


def _describe(dataset: Dataset, saved: SavedText) -> Iterator[str]:
    """Give the lines that tell of a text: where it was written, what it is, and what is left to do."""
    from migragraph.iris import shorten_iri

    source, page = (shorten_iri(iri.value, dataset.prefixes) for iri in (saved.address.source, saved.address.page))
    yield str(saved.path)
    yield f"    source   {source}"
    yield f"    address  {saved.fetched.url}"
    yield f"    size     {len(saved.fetched.text.encode()):,} bytes"
    yield f"    sha-256  {saved.fetched.sha256}"
    if page != source:
        yield f"    This is the text of {page}, of which {source} is a translation."
    key = saved.address.source.value.removeprefix(dataset.layout.base)
    if not saved.is_named and key != saved.address.source.value:
        pair = " = ".join(json.dumps(text, ensure_ascii=False) for text in (key, saved.path.name))
        yield f"    Add to [texts] of migragraph.toml, so that it is found: {pair}"
