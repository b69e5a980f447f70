"""Limits of a fetch: how long it may take, how much may come, and where it may go."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

__all__ = ["LIMITS", "Deadline", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may cost, all its redirects together: ``seconds`` for the whole, and the rest for each request.

    ``wire_bytes`` counts what comes over the wire, headers included; ``text_bytes`` what it becomes once unpacked.
    """

    seconds: float = 60
    connect_seconds: float = 10
    wire_bytes: int = 5_000_000
    text_bytes: int = 10_000_000
    redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443})


LIMITS = Limits()
"""The limits of a fetch where the caller sets no others."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment at which a fetch is cut, however busy its server keeps it; on the monotonic clock."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Give the deadline that many seconds from now."""
        return cls(monotonic() + seconds)

    def left(self) -> float:
        """Give the seconds that are left; raise TimeoutError where there are none."""
        seconds = self.moment - monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds
