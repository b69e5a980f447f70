"""Work done in a second process at the same time, where there can be one."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, TypeVar

__all__ = ["can_fork", "count_processors", "do_apart"]

Result = TypeVar("Result")

# Linux tells here of all threads, those that Python does not know of included.
_THREADS = Path("/proc/self/task")


@contextmanager
def do_apart(work: Callable[[], Result], *, is_worthwhile: bool = True) -> Iterator[Callable[[], Result]]:
    """Begin some work in a copy of this process, and give what waits for its result, inside the block.

    The work leaves nothing behind but its result, which can be pickled. Where there can be no copy, or it ends without
    a result, as when the work raises, the work is done here when its result is asked for: so its errors are raised
    here, and all is as with one process. A copy that still works at the end of the block is stopped.
    """
    copy = _start(work) if is_worthwhile and can_fork() else None
    if copy is None:
        yield work
        return
    process, pipe = copy
    try:
        with os.fdopen(pipe, "rb") as stream:
            yield lambda: _receive(stream.read(), work)
    finally:
        # Where the caller ignores the ends of its children there is nothing left to wait for.
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def can_fork() -> bool:
    """Tell whether a copy is safe, which it is of a single thread, and can run on another processor."""
    try:
        return count_processors() > 1 and len(list(_THREADS.iterdir())) == 1
    except OSError:
        return False


def count_processors() -> int:
    """Give how many processors this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start(work: Callable[[], object]) -> tuple[int, int] | None:
    """Give the number of the copy, and the end of the pipe from which its result is read."""
    try:
        here, there = os.pipe()
    except OSError:
        return None
    try:
        process = os.fork()
    except OSError:
        os.close(here)
        os.close(there)
        return None
    if not process:
        _work(work, there)
    os.close(there)
    return process, here


def _work(work: Callable[[], object], pipe: int) -> NoReturn:
    """Do the work in the copy, which ends here whatever happens, and writes nothing but its result."""
    import pickle

    # Its memory is given back as a whole, soon.
    gc.disable()
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with os.fdopen(pipe, "wb") as stream:
            stream.write(pickle.dumps((work(),)))
    finally:
        os._exit(0)


def _receive(data: bytes, work: Callable[[], Result]) -> Result:
    import pickle

    try:
        result: tuple[Result] = pickle.loads(data)
    except (pickle.UnpicklingError, EOFError):
        return work()
    return result[0]
