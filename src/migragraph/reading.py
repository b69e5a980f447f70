"""Files of RDF, read strictly into terms whose lexical forms stay as they were written."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeAlias, TypeVar, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuadParser, RdfFormat, Triple, parse

from migragraph.errors import DataError
from migragraph.formats import SUFFIXES

__all__ = ["ParsedFile", "Row", "decode", "open_quads", "read_bytes", "read_labels", "read_quads", "take_apart"]

_CONFLICT = re.compile(rb"^(?:<{7} |={7}\r?$|>{7} )", re.MULTILINE)
_LABEL = re.compile(rb"_:([\w.\-\x80-\xff]+)")
_ENTITIES = re.compile(rb"<!DOCTYPE[^>\[]*\[|<!ENTITY", re.IGNORECASE)
_JSON_TOKEN = re.compile(rb'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)"|[\[{]|[\]}]')

_MARKS = (b"\n<<<<<<< ", b"\n=======", b"\n>>>>>>> ")
_LONGEST_MARK = 8
_CHUNK = 1 << 22
_BY_LINE = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
_BOMBS = (RdfFormat.RDF_XML, RdfFormat.JSON_LD)

# The parser overflows its stack, and ends the process, where JSON-LD nests some thousands deep.
_DEEPEST_JSON = 500
# JSON-LD drops a relative IRI that no base resolves; resolved by this one it is seen.
_NO_BASE = "relative://none/"


Row: TypeAlias = tuple[
    NamedNode | BlankNode,
    NamedNode,
    NamedNode | BlankNode | Literal | Triple,
    NamedNode | BlankNode | DefaultGraph,
]
"""A quad taken apart: each look at a part of a quad makes that part anew."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """The quads of a file in its order, and the prefixes that it declares.

    The blank nodes of two files never share a label.
    """

    path: Path
    quads: tuple[Quad, ...]
    prefixes: Mapping[str, str]
    _made: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Give the quads taken apart, each once."""
        return self.derive(_list_rows)

    def derive(self, make: Callable[..., Made], *arguments: Hashable) -> Made:
        """Give what a function makes of this file and the arguments alone: once for as long as the file is kept."""
        key = (make, arguments)
        if key not in self._made:
            self._made[key] = make(self, *arguments)
        return cast("Made", self._made[key])

    def derive_together(self, others: Sequence[ParsedFile], make: Callable[[Sequence[ParsedFile]], Made]) -> Made:
        """Give what a function makes of this file, the first of some, and the others: made once while all are kept."""
        files = (self, *others)
        known, made = cast("tuple[Sequence[ParsedFile], Made]", self._made.get((make, "together"), ((), None)))
        if len(known) != len(files) or any(one is not other for one, other in zip(known, files, strict=True)):
            made = make(files)
            self._made[make, "together"] = files, made
        return made


def _list_rows(file: ParsedFile) -> tuple[Row, ...]:
    return tuple(take_apart(file.quads))


def take_apart(quads: Iterable[Quad]) -> list[Row]:
    """Give each quad once as a row, in which one IRI is one term wherever it stands: most are named many times."""
    rows: dict[Row, None] = {}
    known: dict[object, Any] = {}
    for subject, predicate, value, graph in quads:
        term = value if isinstance(value, Literal) else known.setdefault(value, value)
        rows[known.setdefault(subject, subject), known.setdefault(predicate, predicate), term, graph] = None
    return list(rows)


def read_quads(path: Path, *, base_iri: str | None = None) -> ParsedFile:
    """Read a file of RDF in the format of its suffix.

    A leading byte order mark is dropped. Without ``base_iri`` a relative IRI is an error. Raises DataError, with the
    place, for what is not UTF-8, holds the marks of a merge conflict, declares entities in XML, nests JSON
    hundreds deep, or is not the format's syntax.
    """
    with open_quads(path, base_iri=base_iri) as parser:
        quads = tuple(parser)
        prefixes = dict(parser.prefixes)
    if base_iri is None and SUFFIXES[path.suffix] == RdfFormat.JSON_LD:
        _refuse_relative(path, quads)
    return ParsedFile(path, quads, prefixes)


@contextmanager
def open_quads(path: Path, *, base_iri: str | None = None, rename: bool = True) -> Iterator[QuadParser]:
    """Give a parser of a file, to go through once inside the block; it raises DataError as ``read_quads`` does.

    A large file is never in memory as a whole. Relative IRIs in JSON-LD pass. With ``rename`` blank nodes have labels
    that no other file has.
    """
    format_ = SUFFIXES.get(path.suffix)
    if format_ is None:
        raise DataError(
            f"no RDF format has the suffix {path.suffix!r}.", path=path, advice=f"Use one of {', '.join(SUFFIXES)}."
        )
    base = _NO_BASE if base_iri is None and format_ == RdfFormat.JSON_LD else base_iri
    data = None
    # In these no line of a statement can begin with such a mark: it is looked for where the syntax is wrong.
    marks = () if format_ in _BY_LINE else _MARKS
    if format_ in _BOMBS or not _is_plain(path, marks):
        data = read_bytes(path)
        _refuse_bombs(path, data, format_)
    try:
        if data is None:
            yield parse(path=path, format=format_, base_iri=base, rename_blank_nodes=rename)
        else:
            yield parse(data, format=format_, base_iri=base, rename_blank_nodes=rename)
    except SyntaxError as error:
        if data is None:
            read_bytes(path)
        _raise_syntax(path, error)
    except MemoryError as error:
        advice = "Keep it below 16 MiB, in JSON-LD below 8 MB."
        raise DataError("a literal is larger than the parser takes.", path=path, advice=advice) from error
    except ValueError as error:
        raise DataError(f"{error}", path=path, advice="Correct it there.") from error


def read_labels(path: Path, rows: Mapping[int, str], count: int) -> dict[str, str]:
    """Read a file again for the labels of the blank subjects of some of its triples, which have names: ``_:label``.

    One without a label that nothing points to is ``[]1``, the next one of the file ``[]2``, and so on. Where the file
    has changed, so that it has not ``count`` triples, or cannot be read any more, there are no labels.
    """
    wanted: dict[str, str] = {}
    subjects: dict[str, None] = {}
    objects: set[str] = set()
    number = -1
    try:
        with open_quads(path, base_iri=path.resolve().as_uri(), rename=False) as parser:
            for number, quad in enumerate(parser):
                if isinstance(quad.subject, BlankNode):
                    subjects[quad.subject.value] = None
                    if number in rows:
                        wanted[quad.subject.value] = rows[number]
                if isinstance(quad.object, BlankNode):
                    objects.add(quad.object.value)
        written = _find_written(path)
    except (DataError, OSError):
        return {}
    if number + 1 != count:
        return {}
    roots = (label for label in subjects if label not in written and label not in objects)
    labels = {label: f"[]{place}" for place, label in enumerate(roots, 1)}
    labels |= {label: f"_:{label}" for label in wanted if label in written}
    return {name: labels[label] for label, name in wanted.items() if label in labels}


def _find_written(path: Path) -> set[str]:
    """Give what a file writes as labels of blank nodes; the parser gives one to those that have none."""
    with path.open("rb") as stream:
        return {label.rstrip(b".").decode(errors="replace") for line in stream for label in _LABEL.findall(line)}


def _is_plain(path: Path, marks: Collection[bytes]) -> bool:
    """Tell whether a file is UTF-8 without a byte order mark, or any of the marks of a merge conflict."""
    decoder = getincrementaldecoder("utf-8")()
    seen = b""
    try:
        with path.open("rb", buffering=0) as stream:
            while chunk := stream.read(_CHUNK):
                if decoder.getstate()[0] or not chunk.isascii():
                    decoder.decode(chunk)
                # The end of the chunk before goes with it: a mark may stand across the two.
                seen = (seen[-_LONGEST_MARK:] or b"\n") + chunk
                if seen.startswith(b"\n\xef\xbb\xbf") or any(mark in seen for mark in marks):
                    return False
            decoder.decode(b"", final=True)
    except (OSError, UnicodeDecodeError):
        return False
    return True


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


def _raise_syntax(path: Path, error: SyntaxError) -> NoReturn:
    line, column = error.lineno, error.offset
    message = re.sub(r"^Parser error .*?: ", "", str(error.msg))
    if "remote contexts" in message:
        raise DataError(
            "the context lies elsewhere, and nothing is fetched.", path=path, advice="Write the context into the file."
        ) from error
    raise DataError(
        f"{message.rstrip('.')}.", path=path, line=line, column=column, advice="Correct the syntax there."
    ) from error
