"""Valid time: the day at which the answer of a query is to hold, given apart from its other parameters.

A query declares it by ``as-of`` in its header, which names one of its parameters of the type date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date

from migragraph.errors import CallError
from migragraph.queries.scripts import Query

__all__ = ["add_time", "find_last_day"]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def add_time(query: Query, values: Mapping[str, str], as_of: str, queries: Iterable[Query] = ()) -> dict[str, str]:
    """Give the values of a query's parameters with the day ``as_of`` for the one that its header names.

    ``as_of`` is a date, or a month or a year, which stands for its last day; ``queries`` are those that the advice
    chooses from. Raises CallError where the query declares no such parameter, where ``values`` holds it already, and
    where ``as_of`` is no date.
    """
    if query.as_of is None:
        known = [other.name for other in queries if other.as_of]
        advice = f"These are: {', '.join(known)}." if known else "Its header needs a line `#+ as-of: PARAMETER`."
        raise CallError(f"the query {query.name} cannot be asked as of a date.", advice=advice)
    if query.as_of in values:
        message = f"the parameter {query.as_of!r} of the query {query.name} is given twice, once as of {as_of}."
        raise CallError(message, advice=f"Leave out --as-of, or -p {query.as_of}=....")
    return {**values, query.as_of: find_last_day(as_of).isoformat()}


def find_last_day(text: str) -> date:
    """Give the last day of a year, a month or a day in ISO 8601; raise CallError where it is none of these."""
    match = _DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        year, month = int(match[1]), int(match[2] or 12)
        return date(year, month, int(match[3] or calendar.monthrange(year, month)[1]))
    except ValueError as error:
        advice = "Give a day, a month or a year: 2022-01-01, 2022-01, 2022."
        raise CallError(f"{text!r} is no date.", advice=advice) from error
