"""The other process, seen from this one: it starts with the first question, and is stopped where it takes too long."""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from threading import Event, Timer
from typing import Any

from migragraph.shacl.limits import hold_time

__all__ = ["HEAD", "Worker"]

HEAD = 8
"""How many bytes say how long a message is."""

START = 60.0
SERVE = "from migragraph.shacl.apart.service import serve; serve()"


class Worker:
    """Ask another process, which has so many seconds for each answer."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.has_data = False
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, task: str, *parts: object) -> Any:
        """Give the answer to a task of ``service.TASKS``; whatever goes wrong, the process is then gone.

        Raises TimeoutError where it takes too long, MemoryError where the process dies, which without memory it does,
        and ValueError, with the reason, where it cannot answer.
        """
        with hold_time():
            if self._process is None:
                self._process = _start()
                # How long Python takes to start says nothing of the task.
                self._exchange(START, b"")
            fault, answer = self._exchange(self.seconds, pickle.dumps((self.seconds, task, parts)))
        if fault is not None:
            raise ValueError(fault)
        return answer

    def _exchange(self, seconds: float, message: bytes) -> Any:
        process, is_late = self._process, Event()
        assert process is not None

        def stop() -> None:
            is_late.set()
            process.kill()

        timer = Timer(seconds, stop)
        timer.start()
        try:
            return _exchange(process, message)
        except BaseException as error:
            self.close()
            if not isinstance(error, OSError | EOFError | pickle.UnpicklingError):
                raise
            raise (TimeoutError if is_late.is_set() else MemoryError) from error
        finally:
            timer.cancel()

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process, self.has_data = self._process, None, False
        if process is not None:
            process.kill()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    stream.close()  # type: ignore[union-attr]
            process.wait()


def _start() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-S", "-c", SERVE], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment
    )


def _exchange(process: subprocess.Popen[bytes], message: bytes) -> Any:
    assert process.stdin is not None
    assert process.stdout is not None
    if message:
        process.stdin.write(len(message).to_bytes(HEAD, "big"))
        process.stdin.write(message)
        process.stdin.flush()
    head = process.stdout.read(HEAD)
    length = int.from_bytes(head, "big")
    answer = process.stdout.read(length)
    if len(head) < HEAD or len(answer) < length:
        raise EOFError
    return pickle.loads(answer)
