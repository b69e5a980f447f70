"""What an engine cannot do, or not in the time that it has."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from migragraph.shacl.wellformed import ShapeFault

__all__ = ["DEEPEST_SHAPE", "EngineError", "hold_time", "limit_time"]

DEEPEST_SHAPE = 100
"""Shapes cannot be recursive here, so depth is only a matter of how shapes are nested."""


class EngineError(Exception):
    """Say that the engine could not run the shapes, and why."""

    def __init__(self, fault: ShapeFault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@contextmanager
def limit_time(seconds: float) -> Iterator[Callable[[], None]]:
    """Raise TimeoutError inside the block after some seconds; what the block is given starts to count anew.

    It holds on the main thread of a POSIX system.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield lambda: None
        return

    def stop(*_: object) -> None:
        raise TimeoutError

    handler = signal.signal(signal.SIGALRM, stop)
    # It goes on ringing each second: the first alarm may be swallowed by a broad `except`.
    timer = signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)

    def restart() -> None:
        signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)

    try:
        yield restart
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, handler)


@contextmanager
def hold_time() -> Iterator[None]:
    """Stop the clock of ``limit_time`` inside the block, which has a limit of its own and must not be torn apart."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    left = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *left)
