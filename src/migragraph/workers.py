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
from typing import Any, TypeAlias, TypeVar

from migragraph.errors import MigragraphError

__all__ = ["can_fork", "run_tasks"]

_MOST = 500_000
"""How many values a task may leave behind before its worker looks for garbage: most go without that."""

Task = TypeVar("Task")
Result = TypeVar("Result")
Workers: TypeAlias = dict[Connection, multiprocessing.process.BaseProcess]


def can_fork() -> bool:
    """Tell whether processes can be forked safely: not on Windows, nor on macOS, nor beside other threads.

    The libraries of macOS forbid it; what another thread holds locked stays locked in the new process.
    """
    has_fork = sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()
    return has_fork and threading.active_count() == 1


def run_tasks(
    tasks: Callable[[], Sequence[Task]],
    work: Callable[[Task], Result],
    processes: int,
    alone: Sequence[Task] = (),
) -> Iterator[Result]:
    """Do tasks in so many processes, and give what each gives as soon as it is done, in no certain order.

    Those to be done ``alone`` take much memory: no two are done at once, each by a process that ends with it. The first
    of them is begun before it is asked here which the others are. With one process, or where none can be forked, tasks
    are done here, one after another. What a task raises is raised here, and ends the others, as does whatever is raised
    in the caller between two results. Raises MigragraphError where a process ends by itself.
    """
    if processes < 2 or not can_fork():
        yield from map(work, alone)
        yield from map(work, tasks())
        return
    # What the processes share is copied where it is written to: the collector would write to every object.
    gc.freeze()
    workers: Workers = {}
    try:
        yield from _hand_out(tasks, work, processes, alone, workers)
    finally:
        _end(workers)
        gc.unfreeze()


def _hand_out(
    rest: Callable[[], Sequence[Task]],
    work: Callable[[Task], Result],
    processes: int,
    first: Sequence[Task],
    workers: Workers,
) -> Iterator[Result]:
    """Tell each worker the number of a task, and the next one when it has done it."""
    tasks, alone = list(first), len(first)
    heavy, light = iter(range(alone)), iter(range(0))
    busy: dict[Connection, int] = {}

    def tell(worker: Connection | None) -> None:
        is_taken = any(number < alone for number in busy.values())
        number = next(light if is_taken else heavy, None)
        number = next(light, None) if number is None else number
        if number is not None:
            if worker is None:
                worker, process = _start(tasks, work, list(workers))
                workers[worker] = process
            busy[worker] = number
        if worker is not None:
            with contextlib.suppress(BrokenPipeError):
                worker.send(number)

    tell(None)
    tasks += rest()
    light = iter(range(alone, len(tasks)))
    gc.freeze()
    for _ in range(processes - len(busy)):
        tell(None)
    while busy:
        ready = wait(busy)
        for one in [worker for worker in busy if worker in ready]:
            number = busy.pop(one)
            yield _receive(one)
            if number < alone:
                _end({one: workers.pop(one)})
            tell(None if number < alone else one)


def _receive(worker: Connection) -> Any:
    try:
        result, error = worker.recv()
    except EOFError as ended:
        raise MigragraphError("a process ended before its work was done.", advice="Run it again.") from ended
    if error is not None:
        _raise(*error)
    return result


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
    gc.disable()
    for other in others:
        other.close()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while (number := ask.recv()) is not None:
            try:
                ask.send((work(tasks[number]), None))
            except MigragraphError as error:
                ask.send((None, (type(error), error.message, error.__dict__)))
            if gc.get_count()[0] > _MOST:
                gc.collect()


def _raise(kind: type[MigragraphError], message: str, parts: dict[str, object]) -> None:
    error = kind(message)
    error.__dict__.update(parts)
    raise error


def _end(workers: Workers) -> None:
    for connection in workers:
        connection.close()
    for process in workers.values():
        process.join(timeout=0 if sys.exc_info()[0] else 5)
        if process.is_alive():
            process.terminate()
            process.join()
        process.close()
