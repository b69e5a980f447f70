"""Terms as they are written in N-Triples: numbered by their bytes, and read only where something asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from operator import itemgetter, methodcaller

import numpy as np
import numpy.typing as npt
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from migragraph.positions.tokens import read_value, unescape
from migragraph.shacl.fast.terms import BLANK, ID, IRI, LITERAL, TRIPLE, Ids, Numbers, Terms, sort_distinct
from migragraph.shacl.shapes import Term

__all__ = ["WrittenTerms"]

# Terms are read so many at a time.
BATCH = 1 << 16
# Bytes. The parser has a limit of 16 MiB for what it reads at once.
LONG = 1 << 20
HEAD, END = b"<a:> <a:> ", b" .\n"


class WrittenTerms(Terms):
    """Number terms by how N-Triples writes them, in the order in which they are met."""

    def __init__(self) -> None:
        super().__init__()
        self._written = Numbers[bytes]()
        self._spelled: list[bytes] = []
        self._read: dict[int, Term] = {}

    def __len__(self) -> int:
        return len(self._written)

    def __getitem__(self, number: int) -> Term:
        (term,) = self.pick(np.array([number], ID))
        return term

    @property
    def listed(self) -> list[Term]:
        """Give the terms by number."""
        return self.pick(np.arange(len(self), dtype=ID))

    def number(self, term: Term) -> int:
        """Give the number of a term, a new one where it has none."""
        return self._written[_write(term)]

    def number_all(self, terms: Iterable[Term]) -> Ids:
        """Give the numbers of distinct terms, sorted."""
        return sort_distinct(np.fromiter(map(self.number, terms), ID))

    def read(self, triples: Iterable[Triple]) -> Ids:
        """Give a row of three numbers for each triple."""
        return np.fromiter(map(self.number, chain.from_iterable(triples)), ID).reshape(-1, 3)

    def read_lines(self, lines: bytes) -> Ids:
        """Give a row of three numbers for each triple of some lines; the last one has its newline."""
        parts = map(methodcaller("split", b" ", 2), lines.split(END)[:-1])
        return np.fromiter(map(self._written.__getitem__, chain.from_iterable(parts)), ID).reshape(-1, 3)

    def forget(self, count: int) -> None:
        """Forget the terms met last, until so many are left."""
        while len(self._written) > count:
            self._written.popitem()
        self._spelled.clear()
        self._kinds = self._kinds[:count]

    def pick(self, numbers: Ids) -> list[Term]:
        """Give the terms of numbers."""
        asked, known = numbers.tolist(), self._read
        missing = [number for number in dict.fromkeys(asked) if number not in known]
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            known.update(zip(batch, _read_all(self._spell(batch)), strict=True))
        return [known[number] for number in asked]

    def spell(self, numbers: Ids) -> list[bytes]:
        """Write the terms of numbers as N-Triples does."""
        return self._spell(numbers.tolist())

    def pick_literals(self, numbers: Ids) -> list[tuple[NamedNode, str]]:
        """Give the datatypes and texts of numbers that are those of literals."""
        types: dict[str, NamedNode] = {}
        found = []
        for written in self._spell(numbers.tolist()):
            text, _, end = written.decode().rpartition('"')
            datatype = types.get(end)
            if datatype is None:
                datatype = types[end] = _read_datatype(end)
            found.append((datatype, unescape(text[1:])))
        return found

    def _spell(self, numbers: list[int]) -> list[bytes]:
        if len(self._spelled) != len(self):
            self._spelled = list(self._written)
        return [self._spelled[number] for number in numbers]

    def _read_kinds(self, start: int) -> npt.NDArray[np.int8]:
        heads = np.fromiter(map(itemgetter(0), islice(self._written, start, None)), np.uint8)
        nexts = np.fromiter(map(itemgetter(1), islice(self._written, start, None)), np.uint8)
        kinds = np.full(len(heads), IRI, np.int8)
        kinds[heads == ord("_")] = BLANK
        kinds[heads == ord('"')] = LITERAL
        kinds[nexts == ord("<")] = np.where(heads[nexts == ord("<")] == ord("<"), TRIPLE, kinds[nexts == ord("<")])
        return kinds


def _read_datatype(end: str) -> NamedNode:
    """Give the datatype of a literal by what stands behind its quotes."""
    term = _read_long(f'""{end}')
    assert isinstance(term, Literal)
    return term.datatype


def _write(term: Term) -> bytes:
    if isinstance(term, Triple):
        return b"<<( %b )>>" % b" ".join(map(_write, term))
    return str(term).encode()


def _read_all(written: list[bytes]) -> Iterator[Term]:
    """Read terms, the long ones by themselves."""
    short = [text for text in written if len(text) < LONG]
    lines = HEAD + (END + HEAD).join(short) + END if short else b""
    terms = (quad.object for quad in parse(lines, format=RdfFormat.N_TRIPLES))
    for text in written:
        yield next(terms) if len(text) < LONG else _read_long(text.decode())


def _read_long(text: str) -> Term:
    """Read a term of any length."""
    value = read_value(text)
    if text.startswith("_:"):
        return BlankNode(value.removeprefix("_:"))
    if text.startswith("<"):
        return NamedNode(value)
    end = text[text.rindex('"') + 1 :]
    if end.startswith("@"):
        (quad,) = parse(HEAD + f'""{end}'.encode() + END, format=RdfFormat.N_TRIPLES)
        tag = quad.object
        assert isinstance(tag, Literal)
        return Literal(value, language=tag.language, direction=tag.direction)
    return Literal(value, datatype=NamedNode(end[3:-1])) if end else Literal(value)
