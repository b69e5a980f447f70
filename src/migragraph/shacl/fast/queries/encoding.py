"""The algebra of queries as JSON and back: plain values, so that what is read can be wrong but can never run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pyoxigraph import Literal, NamedNode

from migragraph.shacl.fast.model import Path
from migragraph.shacl.fast.queries.algebra import (
    Aggregate,
    Bgp,
    Call,
    Exists,
    Extend,
    Filter,
    InShapes,
    Join,
    LeftJoin,
    Plan,
    Select,
    TriplePattern,
    Union,
    Variable,
)

__all__ = ["decode_part", "encode_part"]

PARTS: Mapping[str, type[Any]] = {
    part.__name__: part
    for part in (
        Aggregate, Bgp, Call, Exists, Extend, Filter, InShapes, Join, LeftJoin, Path, Plan, Select, TriplePattern,
        Union, Variable,
    )
}  # fmt: skip


def encode_part(part: object) -> Any:
    """Give a part of the algebra as a value of JSON; raise TypeError for what is none.

    A tuple is a list, a part an object with its name and its fields in order, a term an object with its parts.
    """
    if part is None or isinstance(part, bool | str):
        return part
    if isinstance(part, tuple):
        return [encode_part(inner) for inner in part]
    if isinstance(part, NamedNode):
        return {"iri": part.value}
    if isinstance(part, Literal):
        if part.direction is not None:
            raise TypeError(f"{part} has a direction.")
        return {"text": part.value, "language": part.language, "datatype": part.datatype.value}
    name = type(part).__name__
    if PARTS.get(name) is not type(part):
        raise TypeError(f"{name} is no part of a query.")
    return {"part": name, "fields": [encode_part(getattr(part, field.name)) for field in fields(PARTS[name])]}


def decode_part(value: Any) -> Any:
    """Give what ``encode_part`` was given; raise KeyError, TypeError or ValueError for a value that it never gave."""
    if isinstance(value, list):
        return tuple(map(decode_part, value))
    if not isinstance(value, dict):
        return value
    if "part" in value:
        return PARTS[value["part"]](*map(decode_part, value["fields"]))
    if "iri" in value:
        return NamedNode(value["iri"])
    if value["language"] is not None:
        return Literal(value["text"], language=value["language"])
    return Literal(value["text"], datatype=NamedNode(value["datatype"]))
