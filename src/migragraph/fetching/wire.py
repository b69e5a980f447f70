"""The wire: a connected socket as the HTTP protocol sees it, read and written until the deadline and no further."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from migragraph.fetching.limits import Deadline

if TYPE_CHECKING:
    import socket

__all__ = ["FloodError", "Wire"]


class FloodError(Exception):
    """More came, or was unpacked, than the limits allow."""


class Wire(io.RawIOBase):
    """Stand for a connected socket: each read and write has what is left of the time, and all reads so many bytes.

    A read raises TimeoutError where the time is up, and FloodError where more than ``limit`` bytes came.
    """

    def __init__(self, connected: socket.socket, deadline: Deadline, limit: int) -> None:
        self._socket = connected
        self._deadline = deadline
        self._limit = limit
        self._received = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read what there is into a buffer; give the number of bytes."""
        self._socket.settimeout(self._deadline.left())
        count = self._socket.recv_into(buffer)
        self._received += count
        if self._received > self._limit:
            raise FloodError(f"more than {self._limit:,} bytes came")
        return count

    def sendall(self, data: bytes) -> None:
        """Write all of some bytes."""
        self._socket.settimeout(self._deadline.left())
        self._socket.sendall(data)

    def makefile(self, _: str) -> io.BufferedReader:
        """Give the file in which the protocol reads the answer."""
        return io.BufferedReader(self)

    def close(self) -> None:
        """Do nothing: the protocol closes before the answer is read, and the one who connected closes the socket."""
