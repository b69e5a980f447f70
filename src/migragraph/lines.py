"""A file of RDF as lines of N-Triples, each term in one written form; a second process parses a file that is large.

A line is a triple; a named graph is merged with the others. The parser's own objects would cost more than the parsing.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import RdfFormat, serialize

from migragraph.errors import DataError
from migragraph.formats import SUFFIXES
from migragraph.reading import ParsedFile, open_quads

__all__ = ["Lines", "serve_lines"]

# Bytes. Starting Python costs as long as parsing so much, but the time of another processor.
LARGE = 1_000_000
CHUNK = 1 << 20
# What fits into the memory of the processor itself is split faster than what does not.
PIECE = 1 << 16
GRAPHLESS = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML)
SERVE = "import sys; from migragraph.lines import serve_lines; serve_lines(*sys.argv[1:])"


class Lines:
    """Give the triples of a file in chunks of whole lines, and then the prefixes that it declares.

    ``parse`` gives its quads, and may have them already. The second process starts at once, so that it works while this
    one is still getting ready.
    """

    def __init__(self, path: Path, parse: Callable[..., ParsedFile] | None = None) -> None:
        self.path = path
        self.prefixes: dict[str, str] = {}
        self._parse = parse
        self._process = _start(path) if parse is None and path.stat().st_size > LARGE else None

    def read(self) -> Iterator[bytes]:
        """Give the chunks, once; raise DataError, maybe after some of them, where the file does not parse."""
        if self._process is not None:
            yield from self._receive(self._process)
            return
        stream = io.BytesIO()
        if self._parse is not None:
            parsed = self._parse(self.path, base_iri=self.path.resolve().as_uri())
            self.prefixes = dict(parsed.prefixes)
            serialize(map(attrgetter("triple"), parsed.quads), stream, RdfFormat.N_TRIPLES)
        else:
            self.prefixes = _write_lines(self.path, stream)
        if stream.tell():
            yield stream.getvalue()

    def close(self) -> None:
        """Stop the second process, if it still runs."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def _receive(self, process: subprocess.Popen[bytes]) -> Iterator[bytes]:
        assert process.stdout is not None
        assert process.stderr is not None
        rest = b""
        while chunk := process.stdout.read(PIECE):
            end = chunk.rfind(b"\n") + 1
            if end:
                yield rest + chunk[:end]
            rest = chunk[end:] if end else rest + chunk
        told = process.stderr.read()
        process.communicate()
        try:
            answer = json.loads(told)
        except ValueError:
            advice = "Run it again; maybe there was too little memory."
            raise DataError("the process that parses the file was stopped.", path=self.path, advice=advice) from None
        if "fault" in answer:
            raise DataError(path=self.path, **answer["fault"])
        self.prefixes = answer["prefixes"]


def _start(path: Path) -> subprocess.Popen[bytes] | None:
    """Start the second process, where there can be one."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-S", "-c", SERVE, str(path)]
    pipe = subprocess.PIPE
    try:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, bufsize=0, pipesize=CHUNK, env=environment
        )
    except OSError:
        return None


def serve_lines(name: str) -> None:
    """Write the lines of a file to standard output, and then to standard error its prefixes, or its fault, as JSON."""
    answer: dict[str, Any]
    try:
        with open(1, "wb", buffering=CHUNK) as stream:
            answer = {"prefixes": _write_lines(Path(name), stream)}
    except BrokenPipeError:
        return
    except DataError as error:
        fault = {"message": error.message, "line": error.line, "column": error.column, "advice": error.advice}
        answer = {"fault": fault}
    sys.stderr.write(json.dumps(answer))


def _write_lines(path: Path, stream: BinaryIO) -> dict[str, str]:
    """Write the lines of a file, and give its prefixes; raise DataError where it does not parse."""
    with open_quads(path, base_iri=path.resolve().as_uri()) as parser:
        # Where there is no named graph the parser's objects go on as they are.
        quads = parser if SUFFIXES[path.suffix] in GRAPHLESS else map(attrgetter("triple"), parser)
        serialize(quads, stream, RdfFormat.N_TRIPLES)
        return dict(parser.prefixes)
