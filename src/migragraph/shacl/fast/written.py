"""Terms as they are written in N-Triples: numbered by their bytes, and read only where something asks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, compress, islice
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
# So many literals are looked at for how most of them end.
SAMPLE = 16
# By the first byte, what a term is.
KINDS = np.full(256, IRI, np.int8)
KINDS[list(b'_"')] = BLANK, LITERAL
LESS = ord("<")
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

    def group_literals(self, numbers: Ids) -> Iterator[tuple[NamedNode, Ids, list[str]]]:
        """Give the datatypes of numbers that are those of literals, and for each the places and texts of its own."""
        spelled = self._spell(numbers.tolist())
        if not spelled:
            return
        # Many end in the same way, and are taken together.
        some = spelled[:: len(spelled) // SAMPLE + 1]
        ((end, _),) = Counter(map(_cut_end, some)).most_common(1)
        alike = [written.endswith(end) for written in spelled]
        mask = np.fromiter(alike, np.bool_, len(alike))
        yield (
            _read_datatype(end.decode()),
            np.flatnonzero(mask).astype(ID),
            _read_texts([*compress(spelled, alike)], end),
        )
        groups: dict[bytes, list[int]] = {}
        for place in np.flatnonzero(~mask).tolist():
            groups.setdefault(_cut_end(spelled[place]), []).append(place)
        for own, places in groups.items():
            yield _read_datatype(own.decode()), np.array(places, ID), _read_texts([spelled[n] for n in places], own)

    def read_languages(self, numbers: Ids) -> list[str]:
        """Give the language tags of numbers in lower case, and nothing where a term has none."""
        ends = [written[written.rfind(b'"') + 1 :] for written in self._spell(numbers.tolist())]
        tags = {end: end[1:].decode().lower().partition("--")[0] if end[:1] == b"@" else "" for end in set(ends)}
        return [tags[end] for end in ends]

    def read_texts(self, numbers: Ids) -> list[str | None]:
        """Give the IRIs and the texts of literals that numbers stand for, and None where a term has none."""
        return [None if text[:1] == "_" else read_value(text) for text in map(bytes.decode, self.spell(numbers))]

    def _spell(self, numbers: list[int]) -> list[bytes]:
        spelled = self._list_spelled()
        return [spelled[number] for number in numbers]

    def _list_spelled(self) -> list[bytes]:
        """Give the terms as they are written, by number."""
        if not self._spelled:
            self._spelled = list(self._written)
        elif fresh := len(self) - len(self._spelled):
            self._spelled += [*islice(reversed(self._written), fresh)][::-1]
        return self._spelled

    def _read_kinds(self, start: int) -> npt.NDArray[np.int8]:
        # numpy cuts bytes to two: nothing longer is put together for what the first of them tell.
        signs = np.array(self._list_spelled()[start:], "S2").view(np.uint8).reshape(-1, 2)
        kinds: npt.NDArray[np.int8] = KINDS[signs[:, 0]]
        kinds[(signs == LESS).all(axis=1)] = TRIPLE
        return kinds


def _cut_end(written: bytes) -> bytes:
    """Give how a literal ends, from the quote on."""
    return written[written.rindex(b'"') :]


def _read_texts(written: list[bytes], end: bytes) -> list[str]:
    """Give the texts of literals that all end in the same way, from the quote on."""
    # A newline in a text is escaped, so that it can part them.
    joined = b"\n".join(map(itemgetter(slice(1, -len(end))), written))
    texts = joined.decode().split("\n")
    return list(map(unescape, texts)) if b"\\" in joined else texts


def _read_datatype(end: str) -> NamedNode:
    """Give the datatype of a literal by how it ends, from the quote on."""
    term = _read_long(f'"{end}')
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
