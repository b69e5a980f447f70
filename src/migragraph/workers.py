"""Workers: processes forked from this one, which share what it made before, and do tasks one after another."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from migragraph.errors import MigragraphError

__all__ = ["Batch", "can_fork", "run_tasks"]

_MOST = 500_000
"""How many values a task may leave behind before its worker looks for garbage: most go without that."""

Task = TypeVar("Task")
Result = TypeVar("Result")
Workers: TypeAlias = dict[Connection, multiprocessing.process.BaseProcess]


class Batch(NamedTuple, Generic[Task]):
    """Tasks that are known at one time.

    Those to be done ``alone`` take much memory: no two are done at once, each by a process that ends with it. A batch
    that ``waits`` has the next one wait until its first task is begun; one that does not, as an empty one, only has
    what is done by now told of, and what can be begun begun.
    """

    alone: Sequence[Task] = ()
    rest: Sequence[Task] = ()
    waits: bool = True


def can_fork() -> bool:
    """Tell whether processes can be forked safely: not on Windows, nor on macOS, nor beside other threads.

    The libraries of macOS forbid it; what another thread holds locked stays locked in the new process.
    """
    has_fork = sys.platform != "darwin" and "fork" in multiprocessing.get_all_start_methods()
    return has_fork and threading.active_count() == 1


def run_tasks(batches: Iterable[Batch[Task]], work: Callable[[Task], Result], processes: int) -> Iterator[Result]:
    """Do tasks in so many processes, and give what each gives as soon as it is done, in no certain order.

    The next batch is asked for when the first task of this one is begun, or at once where it does not wait, so that
    what is made for it here, which its tasks share, is made meanwhile. With one process, or where none can be forked,
    tasks are done here, one after another. What a task raises is raised here, and ends the others, as does whatever is
    raised in the caller between two results. Raises MigragraphError where a process ends by itself.
    """
    if processes < 2 or not can_fork():
        for batch in batches:
            yield from map(work, (*batch.alone, *batch.rest))
        return
    foreman = _Foreman(work, processes)
    try:
        for batch in batches:
            yield from foreman.take(batch)
        yield from foreman.end()
    finally:
        foreman.close()
        gc.unfreeze()


class _Foreman(Generic[Task, Result]):
    """Tell each worker the number of a task, and the next one when it has done it."""

    def __init__(self, work: Callable[[Task], Result], processes: int) -> None:
        self._work = work
        self._processes = processes
        self._tasks: list[Task] = []
        self._alone: set[int] = set()
        self._waiting_alone: deque[int] = deque()
        self._waiting: deque[int] = deque()
        self._workers: Workers = {}
        self._known: dict[Connection, int] = {}
        self._busy: dict[Connection, int] = {}
        self._idle: list[Connection] = []

    def take(self, batch: Batch[Task]) -> Iterator[Result]:
        """Take a batch, and begin its first tasks as far as there is room for them; give what is done till then."""
        # What the processes share is copied where it is written to: the collector would write to every object.
        gc.freeze()
        first, middle = len(self._tasks), len(self._tasks) + len(batch.alone)
        self._tasks += (*batch.alone, *batch.rest)
        self._alone.update(range(first, middle))
        self._waiting_alone.extend(range(first, middle))
        self._waiting.extend(range(middle, len(self._tasks)))
        self._hand_out()
        while self._busy and batch.waits and (first in self._waiting_alone or first in self._waiting):
            yield from self._collect()
        if self._busy and not (batch.waits and (batch.alone or batch.rest)):
            yield from self._collect(timeout=0)

    def end(self) -> Iterator[Result]:
        """Give what the rest of the tasks give."""
        while self._busy:
            yield from self._collect()

    def close(self) -> None:
        """End all workers, whatever they do."""
        self._end(self._workers)

    def _collect(self, timeout: float | None = None) -> Iterator[Result]:
        for worker in wait(self._busy, timeout):
            assert isinstance(worker, Connection)
            number = self._busy.pop(worker)
            yield _receive(worker)
            if number in self._alone:
                self._end([worker])
            else:
                self._idle.append(worker)
            self._hand_out()
        if not self._waiting and not self._waiting_alone:
            self._dismiss()

    def _hand_out(self) -> None:
        while len(self._busy) < self._processes and (number := self._choose()) is not None:
            if self._idle and number >= self._known[self._idle[-1]]:
                # They were forked before this batch was taken.
                self._dismiss()
            worker = self._idle.pop() if self._idle else self._start()
            self._busy[worker] = number
            _tell(worker, number)

    def _choose(self) -> int | None:
        is_taken = not self._alone.isdisjoint(self._busy.values())
        waiting = self._waiting if is_taken or not self._waiting_alone else self._waiting_alone
        return waiting.popleft() if waiting else None

    def _start(self) -> Connection:
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe()
        others = (*self._workers, here)
        process = context.Process(target=_serve, args=(self._tasks, self._work, there, others), daemon=True)
        process.start()
        there.close()
        self._workers[here] = process
        self._known[here] = len(self._tasks)
        return here

    def _dismiss(self) -> None:
        """Let those go that do nothing, and with them their memory."""
        for worker in self._idle:
            _tell(worker, None)
        self._idle.clear()

    def _end(self, workers: Iterable[Connection]) -> None:
        ended = {worker: self._workers.pop(worker) for worker in list(workers)}
        for worker in ended:
            worker.close()
        for process in ended.values():
            process.join(timeout=0 if sys.exc_info()[0] else 5)
            if process.is_alive():
                process.terminate()
                process.join()
            process.close()


def _tell(worker: Connection, number: int | None) -> None:
    with contextlib.suppress(BrokenPipeError):
        worker.send(number)


def _receive(worker: Connection) -> Any:
    try:
        result, error = worker.recv()
    except EOFError as ended:
        raise MigragraphError("a process ended before its work was done.", advice="Run it again.") from ended
    if error is not None:
        _raise(*error)
    return result


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
