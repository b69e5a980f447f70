"""The wire: a socket that is read until the deadline, and so far and no further."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from migragraph.fetching.limits import Deadline
from migragraph.fetching.wire import FloodError, Wire


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    near, far = socket.socketpair()
    with near, far:
        yield near, far


def test_what_comes_is_read_to_the_limit(pair: tuple[socket.socket, socket.socket]) -> None:
    near, far = pair
    wire = Wire(near, Deadline.after(1), limit=6)
    file = wire.makefile("rb")
    far.sendall(b"abc\ndef")
    assert wire.readable()
    with pytest.raises(FloodError, match="more than 6 bytes came"):
        file.readline()


def test_it_is_written_and_outlives_being_closed(pair: tuple[socket.socket, socket.socket]) -> None:
    near, far = pair
    wire = Wire(near, Deadline.after(1), limit=6)
    wire.sendall(b"asked")
    assert far.recv(10) == b"asked"
    file = wire.makefile("rb")
    far.sendall(b"abc\nde")
    assert file.readline() == b"abc\n"
    wire.close()
    far.close()
    assert file.read() == b"de"
    assert near.fileno() >= 0


def test_neither_reading_nor_writing_outlasts_the_deadline(pair: tuple[socket.socket, socket.socket]) -> None:
    near, _ = pair
    start = time.monotonic()
    wire = Wire(near, Deadline.after(0.1), limit=10)
    with pytest.raises(TimeoutError):
        wire.makefile("rb").read()
    with pytest.raises(TimeoutError):
        wire.sendall(b"a")
    with pytest.raises(TimeoutError):
        Wire(near, Deadline.after(0.1), limit=10).sendall(bytes(10_000_000))
    assert time.monotonic() - start < 0.4
