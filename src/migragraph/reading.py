"""Files of RDF, read strictly into terms whose lexical forms stay as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from migragraph.errors import DataError
from migragraph.formats import SUFFIXES

__all__ = ["ParsedFile", "decode", "read_bytes", "read_labels", "read_quads"]

_CONFLICT = re.compile(rb"^(?:<{7} |={7}\r?$|>{7} )", re.MULTILINE)
_LABEL = re.compile(rb"_:([\w.\-\x80-\xff]+)")
_ENTITIES = re.compile(rb"<!DOCTYPE[^>\[]*\[|<!ENTITY", re.IGNORECASE)
_JSON_TOKEN = re.compile(rb'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)"|[\[{]|[\]}]')

# The parser overflows its stack, and ends the process, where JSON-LD nests some thousands deep.
_DEEPEST_JSON = 500
# JSON-LD drops a relative IRI that no base resolves; resolved by this one it is seen.
_NO_BASE = "relative://none/"


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The quads of a file in its order, and the prefixes that it declares.

    The blank nodes of two files never share a label.
    """

    path: Path
    quads: tuple[Quad, ...]
    prefixes: Mapping[str, str]


def read_quads(path: Path, *, base_iri: str | None = None) -> ParsedFile:
    """Read a file of RDF in the format of its suffix.

    A leading byte order mark is dropped. Without ``base_iri`` a relative IRI is an error. Raises DataError, with the
    place, for what is not UTF-8, holds the marks of a merge conflict, declares entities in XML, nests JSON
    hundreds deep, or is not the format's syntax.
    """
    format_ = SUFFIXES.get(path.suffix)
    if format_ is None:
        raise DataError(
            f"no RDF format has the suffix {path.suffix!r}.", path=path, advice=f"Use one of {', '.join(SUFFIXES)}."
        )
    data = read_bytes(path)
    _refuse_bombs(path, data, format_)
    base = _NO_BASE if base_iri is None and format_ == RdfFormat.JSON_LD else base_iri
    try:
        parser = parse(data, format=format_, base_iri=base, rename_blank_nodes=True)
        quads = tuple(parser)
    except SyntaxError as error:
        _raise_syntax(path, data, error)
    except MemoryError as error:
        advice = "Keep it below 16 MiB, in JSON-LD below 8 MB."
        raise DataError("a literal is larger than the parser takes.", path=path, advice=advice) from error
    except ValueError as error:
        raise DataError(f"{error}", path=path, advice="Correct it there.") from error
    if base == _NO_BASE:
        _refuse_relative(path, quads)
    return ParsedFile(path, quads, dict(parser.prefixes))


def read_labels(file: ParsedFile) -> dict[BlankNode, str]:
    """Read a file again for the labels of its blank subjects: ``_:label``.

    One without a label that nothing points to is ``[]1``, the next one ``[]2``, and so on. Where the file has changed,
    or cannot be read any more, there are no labels.
    """
    base = file.path.resolve().as_uri()
    try:
        data = read_bytes(file.path)
        quads = tuple(parse(data, format=SUFFIXES[file.path.suffix], base_iri=base))
    except (DataError, SyntaxError, ValueError, MemoryError):
        return {}
    if len(quads) != len(file.quads):
        return {}
    written = {label.rstrip(b".").decode() for label in _LABEL.findall(data)}
    objects = {quad.object for quad in file.quads if isinstance(quad.object, BlankNode)}
    labels: dict[BlankNode, str] = {}
    roots: dict[BlankNode, None] = {}
    for ours, its in zip((quad.subject for quad in file.quads), (quad.subject for quad in quads), strict=True):
        if isinstance(ours, BlankNode) and isinstance(its, BlankNode):
            if its.value in written:
                labels[ours] = f"_:{its.value}"
            elif ours not in objects:
                roots[ours] = None
    return labels | {node: f"[]{number}" for number, node in enumerate(roots, 1)}


def read_bytes(path: Path) -> bytes:
    """Read a text file whole, without its byte order mark; raise DataError where it is not clean UTF-8."""
    try:
        data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise DataError(f"the file cannot be read: {error.strerror}.", path=path) from error
    decode(path, data)
    conflict = _CONFLICT.search(data)
    if conflict:
        line, column = _place(data, conflict.start())
        raise DataError(
            "the mark of a merge conflict stands here.",
            path=path,
            line=line,
            column=column,
            advice="Resolve the merge.",
        )
    return data


def decode(path: Path, data: bytes) -> str:
    """Decode the bytes of a file; raise DataError, with the place, where they are not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        raise DataError(
            f"byte 0x{data[error.start]:02x} is not UTF-8.",
            path=path,
            line=line,
            column=column,
            advice="Save the file as UTF-8.",
        ) from error


def _place(data: bytes, offset: int) -> tuple[int, int]:
    start = data.rfind(b"\n", 0, offset) + 1
    return data.count(b"\n", 0, offset) + 1, len(data[start:offset].decode("utf-8", "replace")) + 1


def _refuse_bombs(path: Path, data: bytes, format_: RdfFormat) -> None:
    if format_ == RdfFormat.RDF_XML and _ENTITIES.search(data):
        raise DataError("the XML declares entities.", path=path, advice="Write the RDF/XML without a DOCTYPE.")
    if format_ == RdfFormat.JSON_LD:
        depth = 0
        for token in _JSON_TOKEN.finditer(data):
            depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(token.group(), 0)
            if depth > _DEEPEST_JSON:
                line, column = _place(data, token.start())
                raise DataError(
                    f"the JSON is nested more than {_DEEPEST_JSON} deep.",
                    path=path,
                    line=line,
                    column=column,
                    advice="Refer to inner nodes by their @id.",
                )


def _refuse_relative(path: Path, quads: Iterable[Quad]) -> None:
    for quad in quads:
        for term in quad:
            if isinstance(term, NamedNode) and term.value.startswith("relative:"):
                iri = term.value.removeprefix(_NO_BASE)
                raise DataError(f"the IRI {iri!r} is relative.", path=path, advice="Write absolute IRIs, or an @base.")


def _raise_syntax(path: Path, data: bytes, error: SyntaxError) -> NoReturn:
    line, column = error.lineno, error.offset
    message = re.sub(r"^Parser error .*?: ", "", str(error.msg))
    if "remote contexts" in message:
        raise DataError(
            "the context lies elsewhere, and nothing is fetched.", path=path, advice="Write the context into the file."
        ) from error
    raise DataError(
        f"{message.rstrip('.')}.", path=path, line=line, column=column, advice="Correct the syntax there."
    ) from error
