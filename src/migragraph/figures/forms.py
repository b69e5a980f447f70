"""Forms: what a rule looks for, compiled into one regular expression over the codes of tokens for each level.

A form is written in words: ``from <number> (to|-) high:<number> &(<unit>)``. A word or mark stands for itself,
``<role>`` for any word of that role, ``{name}`` for a macro, ``name:`` before an atom makes it a slot; ``( | )``,
``?``, ``*`` and ``{1,3}`` are as in regular expressions, ``&(...)`` and ``!(...)`` look ahead, ``@`` looks at the one
word before, and a backslash makes a sign a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from migragraph.figures.atoms import Atom, FormError, find_start, spell_codes, spell_set, split_form
from migragraph.figures.lexicon import Lexicon

__all__ = ["Case", "Form", "Level", "Rule", "compile_level", "expand_macros", "list_literals", "read_form"]

Form = tuple[Atom, ...]
"""A form read, with its macros in their places."""

_OPEN, _CLOSE = Atom("mark", "("), Atom("mark", ")")


class Rule(NamedTuple):
    """A form, what is made of what it finds (a part of a year is of so many months), and where it is written."""

    form: Form
    make: str
    months: int
    place: str


class Case(NamedTuple):
    """A rule in a compiled level: the groups that each of its slots may be."""

    rule: Rule
    slots: Mapping[str, tuple[int, ...]]


class Level(NamedTuple):
    """Rules that are looked for together, the first that fits from left to right; the case of each by its group."""

    pattern: re.Pattern[str]
    cases: Mapping[int, Case]


def expand_macros(macros: Mapping[str, str]) -> dict[str, Form]:
    """Expand the macros in one another, each by those before it; raise FormError, with its name, for a bad one."""
    expanded: dict[str, Form] = {}
    for name, form in macros.items():
        expanded[name] = read_form(form, expanded, f"macros.{name}")
    return expanded


def read_form(form: str, macros: Mapping[str, Form], place: str) -> Form:
    """Read a form into atoms, with the macros in their places; raise FormError, with its place, for a bad one."""
    atoms: list[Atom] = []
    try:
        for atom in split_form(form):
            if atom.kind != "macro":
                atoms.append(atom)
            elif atom.text in macros:
                atoms += (_OPEN, *macros[atom.text], _CLOSE)
            else:
                raise FormError(f"there is no macro {{{atom.text}}} before it")
    except FormError as error:
        raise FormError(f"{place}: {error}") from None
    return tuple(atoms)


def list_literals(forms: Iterable[Form]) -> set[str]:
    """List the words and marks that forms name."""
    return {atom.text for form in forms for atom in form if atom.kind == "literal"}


def compile_level(rules: Iterable[Rule], lexicon: Lexicon) -> Level:
    """Compile rules, which are tried in their order at each place; raise FormError, with its place, for a bad one."""
    bodies: list[str] = []
    starts: set[str] = set()
    cases: dict[int, Case] = {}
    spelled: dict[Atom, str] = {}
    group = 1
    for rule in rules:
        try:
            body, slots = _compile(rule.form, group + 1, lexicon, spelled)
            start = find_start(rule.form, lexicon)
            if start.empty:
                raise FormError("the form may be empty")
        except FormError as error:
            raise FormError(f"{rule.place}: {error}") from None
        cases[group] = Case(rule, slots)
        group += 1 + sum(map(len, slots.values()))
        bodies.append(f"({body})")
        starts |= start.codes
    return Level(_join(bodies, list(cases.values()), starts), cases)


def _join(bodies: list[str], cases: list[Case], starts: Iterable[str]) -> re.Pattern[str]:
    """Join forms into one pattern, which passes by at once what none of them begins with."""
    try:
        return re.compile(f"(?={spell_set(starts)})(?:{'|'.join(bodies)})") if bodies else re.compile("(?!)")
    except re.error as error:
        for body, case in zip(bodies, cases, strict=True):
            _try(body, case.rule.place)
        raise FormError(str(error)) from None


def _try(body: str, place: str) -> None:
    try:
        re.compile(body)
    except re.error as error:
        raise FormError(f"{place}: {error.msg}") from None


def _compile(
    atoms: Form, group: int, lexicon: Lexicon, spelled: dict[Atom, str]
) -> tuple[str, dict[str, tuple[int, ...]]]:
    """Compile a form, whose first slot is a group of a number; the pattern, and the groups of its slots."""
    out: list[str] = []
    slots: dict[str, tuple[int, ...]] = {}
    opens = ""
    for atom in atoms:
        if atom.kind == "slot":
            opens = "("
            slots[atom.text] = (*slots.get(atom.text, ()), group)
            group += 1
        elif atom.kind == "behind":
            opens = "(?<="
        elif atom.kind in ("role", "literal"):
            codes = spelled.get(atom) or spelled.setdefault(atom, spell_set(spell_codes(atom, lexicon)))
            out.append(f"{opens}{codes})" if opens else codes)
            opens = ""
        elif atom.text == "(":
            out.append(opens or "(?:")
            opens = ""
        else:
            out.append({"&": "(?=", "!": "(?!"}.get(atom.text, atom.text))
    return "".join(out), slots
