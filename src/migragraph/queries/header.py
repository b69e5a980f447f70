"""The header of a query script: YAML in lines that begin with ``#+``, as grlc reads it.

grlc (https://github.com/CLARIAH/grlc#decorator-syntax) knows ``summary``, ``description``, ``tags``, ``defaults`` and
``enumerate``; ``title``, ``question``, ``params``, ``columns`` and ``as-of`` are added here, and it passes them over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from migragraph.errors import QueryError
from migragraph.queries.parameters import TYPES, Column, Parameter, read_term

__all__ = ["MAX_LENGTH", "Header", "read_header"]

PREFIX = "#+"

MAX_LENGTH = 8000
"""How many characters a header may have: the YAML reader dies of 60,000 nested lists."""

KEYS = ("title", "question", "summary", "description", "tags", "params", "defaults", "enumerate", "as-of", "columns")
"""What a header may hold; the first four it must."""

GRLC_KEYS = ("endpoint", "endpoint-method", "endpoint_in_url", "method", "pagination", "transform")
"""What is grlc's alone."""

_REQUIRED = KEYS[:4]
_TAG = "tag:yaml.org,2002:"


class Header(NamedTuple):
    """What a query says of itself; texts by language tag where they have one."""

    title: Mapping[str, str]
    question: Mapping[str, str]
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    as_of: str | None = None


def read_header(text: str, path: Path | str | None) -> Header | None:
    """Read the header of a script, or None where it has none; raise QueryError, with its line, where it is wrong."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.startswith(PREFIX)]
    if not lines:
        return None
    header = "\n".join(line[len(PREFIX) :] for _, line in lines)
    if len(header) > MAX_LENGTH:
        advice = f"At most {MAX_LENGTH:,} characters are read."
        raise QueryError(f"the header has {len(header):,} characters.", path=path, line=lines[0][0], advice=advice)
    return _Reader(path, [number for number, _ in lines]).read(header)


class _Reader:
    """Reads the nodes of a header, and knows which line of the file each is on."""

    def __init__(self, path: Path | str | None, numbers: Sequence[int]) -> None:
        self.path = path
        self.numbers = numbers

    def read(self, text: str) -> Header:
        fields = self._fields(self._compose(text))
        title, question = self._texts(fields["title"]), self._texts(fields["question"])
        if self._text(fields["summary"]) not in question.values():
            advice = "Write `summary: *question`, and `&question` before the question in English: grlc shows it."
            raise self._fault(fields["summary"], "the summary is not the question.", advice)
        parameters = tuple(self._parameters(fields))
        return Header(
            title=title,
            question=question,
            description=self._text(fields["description"]),
            tags=tuple(self._text(item) for item in self._items(fields.get("tags"))),
            parameters=parameters,
            columns=tuple(Column(*pair) for pair in self._texts(fields.get("columns")).items()),
            as_of=self._as_of(fields.get("as-of"), parameters),
        )

    def _compose(self, text: str) -> Node:
        try:
            node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line if error.problem_mark else 0
            raise self._fault(
                line, f"the header is not YAML: {error.problem}.", "Put texts with `: ` in quotes."
            ) from error
        except (yaml.YAMLError, RecursionError) as error:
            raise self._fault(0, "the header is not YAML.", "It holds `key: value`.") from error
        if node is None:
            raise self._fault(0, "the header is empty.", f"Add {', '.join(_REQUIRED)}.")
        return node

    def _fields(self, node: Node) -> dict[str, Node]:
        fields = dict(self._pairs(node))
        for name, value in fields.items():
            if name not in KEYS + GRLC_KEYS:
                from difflib import get_close_matches

                near = get_close_matches(name, KEYS, 1)
                advice = f"Is it {near[0]!r}?" if near else f"It may hold {', '.join(KEYS)}."
                raise self._fault(value, f"the header has an unknown key {name!r}.", advice)
        for name in _REQUIRED:
            if name not in fields:
                raise self._fault(0, f"the header has no {name!r}.", f"Add a line `#+ {name}: ...`.")
        return fields

    def _parameters(self, fields: Mapping[str, Node]) -> Iterator[Parameter]:
        nodes = dict(self._pairs(fields.get("params")))
        defaults = {name: self._value(node) for name, node in self._named(fields, "defaults", nodes)}
        choices = {
            name: tuple(self._value(item) for item in self._items(node))
            for name, node in self._named(fields, "enumerate", nodes)
        }
        for name, node in nodes.items():
            parameter = self._parameter(name, node, defaults.get(name), choices.get(name, ()))
            for text in (*parameter.choices, *([] if parameter.default is None else [parameter.default])):
                self._try(parameter, text, node)
            yield parameter

    def _parameter(self, name: str, node: Node, default: str | None, choices: tuple[str, ...]) -> Parameter:
        if not (name.isascii() and name.isalnum()):
            raise self._fault(node, f"the parameter {name!r} is not letters and digits alone.", "grlc takes no others.")
        texts = self._texts(node)
        if texts.keys() != {"type", "description"}:
            raise self._fault(
                node, f"the parameter {name!r} needs type and description.", "Write these two, and no more."
            )
        if texts["type"] not in TYPES:
            raise self._fault(node, f"there is no type {texts['type']!r}.", f"Choose from {', '.join(TYPES)}.")
        variable = f"_{name}{TYPES[texts['type']].suffix}"
        return Parameter(name, texts["type"], texts["description"], variable, default, choices)

    def _as_of(self, node: Node | None, parameters: Sequence[Parameter]) -> str | None:
        """Give the name of the parameter that says at which time the answer is to hold, where there is one."""
        if node is None:
            return None
        name = self._text(node)
        dates = [parameter.name for parameter in parameters if parameter.type == "date"]
        if name not in dates:
            advice = f"Name one of {', '.join(dates)}." if dates else "Declare one in params."
            raise self._fault(node, f"as-of names {name!r}, which is no parameter of the type date.", advice)
        return name

    def _try(self, parameter: Parameter, text: str, node: Node) -> None:
        """Fault a default or a choice that is no value; grlc wants an IRI in full, so no prefix is known here."""
        try:
            read_term(parameter, text, {})
        except ValueError as error:
            kind = "an IRI in full" if parameter.type == "iri" else parameter.accepts
            message = f"{text!r} is no value of the parameter {parameter.name!r}."
            raise self._fault(node, message, f"Its defaults and choices are {kind}.") from error

    def _named(self, fields: Mapping[str, Node], key: str, known: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
        """Give what ``defaults`` or ``enumerate`` say for parameters, in the form of grlc: a list of single pairs."""
        for item in self._items(fields.get(key)):
            for name, node in self._pairs(item):
                if name not in known:
                    raise self._fault(
                        item, f"{key} speaks of {name!r}, which is no parameter.", "Declare it in params."
                    )
                yield name, node

    def _texts(self, node: Node | None) -> dict[str, str]:
        return {name: self._text(value) for name, value in self._pairs(node)}

    def _pairs(self, node: Node | None) -> Iterator[tuple[str, Node]]:
        """Give the pairs of a mapping; a missing one has none."""
        seen: set[str] = set()
        if node is None:
            return
        if not isinstance(node, MappingNode) or not node.value:
            raise self._fault(node, "there is something else where `name: value` belongs.", "Indent such lines below.")
        for key, value in node.value:
            name = self._text(key)
            if name in seen:
                raise self._fault(key, f"{name!r} stands here twice.", "Take one out.")
            seen.add(name)
            yield name, value

    def _items(self, node: Node | None) -> Sequence[Node]:
        """Give the items of a list; a missing one has none."""
        if node is None:
            return ()
        if not isinstance(node, SequenceNode):
            raise self._fault(node, "there is something else where a list belongs.", "Write `- item` on lines below.")
        items: Sequence[Node] = node.value
        return items

    def _text(self, node: Node) -> str:
        return self._scalar(node, ("str",))

    def _value(self, node: Node) -> str:
        return self._scalar(node, ("str", "int", "float", "bool"))

    def _scalar(self, node: Node, kinds: Sequence[str]) -> str:
        if not isinstance(node, ScalarNode) or node.tag not in {_TAG + kind for kind in kinds}:
            raise self._fault(
                node, "there is no text here.", "Write a text; in quotes if YAML takes it for another thing."
            )
        text: str = node.value
        if not text.strip():
            raise self._fault(node, "the text is empty.", "Write one, or leave the key out.")
        return text.strip()

    def _fault(self, node: Node | int, message: str, advice: str) -> QueryError:
        line = node if isinstance(node, int) else node.start_mark.line
        return QueryError(message, path=self.path, line=self.numbers[min(line, len(self.numbers) - 1)], advice=advice)
