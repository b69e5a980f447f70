"""Whether one prefix means one IRI, and one IRI has one prefix, in all files and queries of a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal

from migragraph.layout import DESCRIPTION, Layout
from migragraph.namespaces import SH
from migragraph.positions import Position, find_prefixes, read_mentions
from migragraph.reading import ParsedFile
from migragraph.report import Finding

__all__ = ["check_prefixes"]


def check_prefixes(layout: Layout, files: Iterable[ParsedFile], queries: Mapping[Path, str]) -> Iterator[Finding]:
    """Find the prefixes that do not mean what ``migragraph.toml`` says; ``queries`` gives the text of each file."""
    for file in files:
        yield from _compare(layout, file.path, {*file.prefixes.items(), *file.derive(_read_declarations)})
    for path, text in queries.items():
        yield from _compare(layout, path, _list_declared(text, layout.prefixes))


def _list_declared(text: str, prefixes: Mapping[str, str]) -> set[tuple[str, str]]:
    """Give the prefixes that a query declares."""
    mentions = read_mentions(text, tuple(prefixes.items()))
    return {(mention.name or "", mention.iri) for mention in mentions if mention.role == "prefix"}


def _read_declarations(file: ParsedFile) -> tuple[tuple[str, str], ...]:
    """Give what the shapes of a file declare for their queries (https://www.w3.org/TR/shacl/#sparql-prefixes)."""
    prefix, namespace = SH["prefix"], SH["namespace"]
    names = {subject: value for subject, predicate, value, _ in file.rows if predicate == prefix}
    pairs = [(names.get(subject), value) for subject, predicate, value, _ in file.rows if predicate == namespace]
    return tuple(
        (name.value, value.value) for name, value in pairs if isinstance(name, Literal) and isinstance(value, Literal)
    )


def _compare(layout: Layout, path: Path, declared: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    faults = {name: fault for name, iri in sorted(declared) if (fault := _judge(name, iri, layout.prefixes))}
    places: Mapping[str, Position] = find_prefixes(path, faults) if faults else {}
    for name, (message, advice) in faults.items():
        line, column = places.get(name, (None, None))
        yield Finding(kind="terms", rule="prefix", message=message, advice=advice, file=path, line=line, column=column)


def _judge(name: str, iri: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    if known.get(name) == iri:
        return None
    if name in known:
        message = f"The prefix {name}: means <{iri}> here, and <{known[name]}> in {DESCRIPTION}."
        return message, "Write the IRI of the project, or take another prefix."
    if other := next((prefix for prefix, namespace in known.items() if namespace == iri), None):
        return f"<{iri}> has the prefix {name}: here, and {other}: in {DESCRIPTION}.", f"Write {other}: in its place."
    return f"The prefix {name}: is not declared in {DESCRIPTION}.", f'Add to its [prefixes]: {name} = "{iri}"'
