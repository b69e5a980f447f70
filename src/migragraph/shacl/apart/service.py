"""The side of the other process: it answers one question after the other, until there are no more."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from collections.abc import Callable, Mapping
from math import ceil
from pathlib import Path
from typing import Any, BinaryIO

from migragraph.shacl.apart.running import Graphs
from migragraph.shacl.apart.worker import HEAD
from migragraph.shacl.regex import compile_pattern

__all__ = ["serve"]

MEMORY = 2**32
"""The bytes of memory that the process may take."""


def serve() -> None:
    """Answer the messages on standard input; the process ends by itself where it takes too long and nobody stops it."""
    _limit_memory()
    with os.fdopen(os.dup(0), "rb") as stream, os.fdopen(os.dup(1), "wb") as answers:
        # Whatever a library prints would be taken for an answer.
        with Path(os.devnull).open("rb+") as nothing:
            os.dup2(nothing.fileno(), 0)
            os.dup2(nothing.fileno(), 1)
        graphs = Graphs()
        _send(answers, None)
        while message := _receive(stream):
            seconds, task, parts = pickle.loads(message)
            _set_alarm(ceil(seconds) + 1)
            answer = _answer(graphs, task, parts)
            _set_alarm(0)
            _send(answers, answer)


def _receive(stream: BinaryIO) -> bytes:
    return stream.read(int.from_bytes(stream.read(HEAD), "big"))


def _send(stream: BinaryIO, answer: object) -> None:
    message = pickle.dumps(answer)
    stream.write(len(message).to_bytes(HEAD, "big"))
    stream.write(message)
    stream.flush()


def _answer(graphs: Graphs, task: str, parts: tuple[Any, ...]) -> tuple[str | None, Any]:
    """Give a reason where there is no answer, and the answer."""
    try:
        return None, TASKS[task](graphs, *parts)
    except MemoryError:
        raise
    except Exception as error:
        return str(error) or type(error).__name__, None


def _search(_: Graphs, texts: Mapping[int, str], pattern: str, flags: str) -> list[int]:
    """Give the keys of the texts in which Python finds a pattern."""
    compiled = compile_pattern(pattern, flags)
    return [number for number, text in texts.items() if compiled and compiled.search(text)]


TASKS: Mapping[str, Callable[..., Any]] = {"load": Graphs.load, "run": Graphs.run, "search": _search}
"""What can be asked for."""


def _set_alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # not every system limits it
        import resource

        for kind, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, MEMORY)):
            _, hard = resource.getrlimit(kind)
            allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (allowed, allowed))
