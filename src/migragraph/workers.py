"""Workers: processes forked from this one, which share what it made before, and do tasks one after another."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from migragraph.errors import MigragraphError

__all__ = ["can_fork", "run_tasks"]

Task = TypeVar("Task")
Result = TypeVar("Result")


def can_fork() -> bool:
    """Tell whether processes can be forked safely: not on Windows, nor on macOS, nor beside other threads.

    The libraries of macOS forbid it; what another thread holds locked stays locked in the new process.
    """
    has_fork = sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()
    return has_fork and threading.active_count() == 1


def run_tasks(tasks: Sequence[Task], work: Callable[[Task], Result], processes: int) -> Iterator[Result]:
    """Do tasks in so many processes, and give what each gives as soon as it is done, in no certain order.

    With one process, or where none can be forked, they are done here, one after another; otherwise even a single task
    is done elsewhere, so that the memory that it takes is given back. What a task raises is raised
    here, and ends the others, as does whatever is raised in the caller between two results. Raises MigragraphError
    where a process ends by itself.
    """
    if processes < 2 or not can_fork():
        yield from map(work, tasks)
        return
    # What the processes share is copied where it is written to: the collector would write to every object.
    gc.freeze()
    workers: dict[Connection, multiprocessing.process.BaseProcess] = {}
    try:
        for _ in range(min(processes, len(tasks))):
            workers.update([_start(tasks, work, list(workers))])
        yield from _hand_out(len(tasks), list(workers))
    finally:
        _end(workers)
        gc.unfreeze()


def _start(
    tasks: Sequence[Task], work: Callable[[Task], object], others: Sequence[Connection]
) -> tuple[Connection, multiprocessing.process.BaseProcess]:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(tasks, work, there, (*others, here)), daemon=True)
    process.start()
    there.close()
    return here, process


def _serve(
    tasks: Sequence[Task], work: Callable[[Task], object], ask: Connection, others: Sequence[Connection]
) -> None:
    """Do the tasks whose numbers are told, until there are no more, or nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while (number := ask.recv()) is not None:
            try:
                ask.send((work(tasks[number]), None))
            except MigragraphError as error:
                ask.send((None, (type(error), error.message, error.__dict__)))


def _hand_out(count: int, workers: list[Connection]) -> Iterator[Any]:
    """Tell each worker the number of a task, and the next one when it has done it."""
    numbers = iter(range(count))
    busy: list[Connection] = []
    for one in workers:
        _tell(one, next(numbers, None), busy)
    while busy:
        ready = wait(busy)
        for one in [worker for worker in busy if worker in ready]:
            busy.remove(one)
            try:
                result, error = one.recv()
            except EOFError as ended:
                raise MigragraphError("a process ended before its work was done.", advice="Run it again.") from ended
            if error is not None:
                _raise(*error)
            _tell(one, next(numbers, None), busy)
            yield result


def _tell(worker: Connection, number: int | None, busy: list[Connection]) -> None:
    with contextlib.suppress(BrokenPipeError):
        worker.send(number)
    if number is not None:
        busy.append(worker)


def _raise(kind: type[MigragraphError], message: str, parts: dict[str, object]) -> None:
    error = kind(message)
    error.__dict__.update(parts)
    raise error


def _end(workers: dict[Connection, multiprocessing.process.BaseProcess]) -> None:
    for connection in workers:
        connection.close()
    for process in workers.values():
        process.join(timeout=0 if sys.exc_info()[0] else 5)
        if process.is_alive():
            process.terminate()
            process.join()
        process.close()
