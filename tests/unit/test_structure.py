"""The package keeps its layers: imports go down, start light, and no file or function outgrows one reading."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "migragraph"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

# From top to bottom: what stands in a row imports from the rows below it, and from others of its row.
LAYERS = (
    {"__main__", "cli"},
    {"__init__"},
    {"project"},
    {"publications", "site"},
    {"cite", "explain", "export", "facts", "inventory", "nanopubs", "rdflib_view"},
    {
        "audit",
        "baseline",
        "bibliography",
        "comparison",
        "conformance",
        "consistency",
        "describe",
        "descriptions",
        "evidence",
        "fetching",
        "fidelity",
        "jsonld",
        "labels",
        "looking",
        "lookup",
        "origins",
        "places",
        "prefixes",
        "queries",
        "shacl",
        "terms",
        "uses",
        "validated",
        "validation",
    },
    {
        "closure",
        "connections",
        "contents",
        "dataset",
        "lock",
        "nesting",
        "posts",
        "quotations",
        "speech",
        "statedness",
        "store",
        "support",
        "texts",
    },
    {
        "cache",
        "cells",
        "collection",
        "errors",
        "figures",
        "formats",
        "forking",
        "inputs",
        "iris",
        "layout",
        "lines",
        "links",
        "literals",
        "memo",
        "namespaces",
        "parsed",
        "passages",
        "paths",
        "positions",
        "reading",
        "report",
        "revisions",
        "spelling",
        "templates",
        "watching",
        "wording",
        "workers",
        "wrapping",
        "writing",
    },
)
LEVELS = {module: level for level, modules in enumerate(LAYERS) for module in modules}
OUTPUTS = LAYERS[4]

HEAVY = {
    "hypothesis",
    "jinja2",
    "lxml",
    "numpy",
    "pyld",
    "pyshacl",
    "rapidfuzz",
    "rdflib",
    "rich",
    "trafilatura",
    "watchfiles",
    "xlsxwriter",
}
# Its types are numpy's, so it is imported as a whole where it is needed.
NUMERIC = "shacl.fast"
VAGUE = {"base", "common", "handler", "helpers", "manager", "misc", "utils"}


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text("utf-8"))


def name_of(module: str) -> str:
    """Give the dotted name of a module below the package; that of the package itself is ``__init__``."""
    return module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports_of(nodes: Iterator[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield node.module or ""


def inner_imports(module: str) -> set[str]:
    found = {name for name in imports_of(ast.walk(tree_of(module))) if name.split(".")[0] == "migragraph"}
    return {name.partition(".")[2] or "__init__" for name in found}


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Give what runs when a module is imported: nothing in a function, nothing for the type checker alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from at_import(child)


def functions_of(module: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_every_module_has_its_layer() -> None:
    assert {name_of(module).split(".")[0] for module in MODULES} == set(LEVELS)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module: str) -> None:
    here = name_of(module).split(".")[0]
    for imported in inner_imports(module):
        assert LEVELS[imported.split(".")[0]] >= LEVELS[here], imported


@pytest.mark.parametrize("module", [module for module in MODULES if name_of(module).split(".")[0] in OUTPUTS])
def test_no_output_imports_another(module: str) -> None:
    others = OUTPUTS - {name_of(module).split(".")[0]}
    assert others.isdisjoint(name.split(".")[0] for name in inner_imports(module))


def test_no_import_cycle() -> None:
    try:
        TopologicalSorter({name_of(module): inner_imports(module) for module in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' <- '.join(error.args[1])}")


@pytest.mark.parametrize("module", MODULES)
def test_heavy_libraries_are_imported_where_they_are_needed(module: str) -> None:
    names = list(imports_of(at_import(tree_of(module))))
    inside = name_of(module).startswith(NUMERIC)
    assert (HEAVY - {"numpy"} if inside else HEAVY).isdisjoint(name.split(".")[0] for name in names)
    assert inside or not any(name.startswith(f"migragraph.{NUMERIC}") for name in names)


@pytest.mark.parametrize("library", ["click", "jinja2", "pyshacl", "pyld", "trafilatura", "watchfiles", "xlsxwriter"])
def test_a_foreign_library_has_one_door(library: str) -> None:
    doors = {
        "click": {"cli"},
        "jinja2": {"templates"},
        "pyshacl": {"shacl"},
        "pyld": set[str](),
        "trafilatura": {"fetching"},
        "watchfiles": {"watching"},
        "xlsxwriter": {"facts"},
    }
    users = {
        name_of(m).split(".")[0]
        for m in MODULES
        if library in {n.split(".")[0] for n in imports_of(ast.walk(tree_of(m)))}
    }
    assert users == doors[library]


@pytest.mark.parametrize("module", [module for module in MODULES if module != "__main__.py"])
def test_all_is_given_sorted(module: str) -> None:
    """Constants come first, then classes, then the rest, as ruff has it."""
    (names,) = [
        ast.literal_eval(node.value)
        for node in tree_of(module).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    assert names == sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is(module: str) -> None:
    first = (ast.get_docstring(tree_of(module)) or "").partition("\n")[0]
    assert first[:1].isupper()
    assert first.endswith((".", ":", "?"))


@pytest.mark.parametrize("module", MODULES)
def test_files_and_functions_are_short(module: str) -> None:
    assert len((PACKAGE / module).read_text("utf-8").splitlines()) <= 300
    assert {function.name: length(function) for function in functions_of(module) if length(function) > 60} == {}


def test_most_functions_are_a_few_lines() -> None:
    assert median(length(function) for module in MODULES for function in functions_of(module)) <= 10


@pytest.mark.parametrize("module", MODULES)
def test_names_say_something(module: str) -> None:
    assert VAGUE.isdisjoint(name_of(module).split("."))


def test_only_the_command_line_prints_and_exits() -> None:
    calls = {
        name_of(module).split(".")[0]
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "exit", "quit", "sys.exit", "click.echo")
    }
    assert calls == {"cli"}


def test_no_group_is_repeated_possessively() -> None:
    """Python before 3.11.5, Debian's among them, misreads it (https://github.com/python/cpython/issues/106052)."""
    repeated = re.compile(r"(?<!\()\)(?:[*+?]|\{+[0-9,]+\}+)\+")
    assert repeated.search(r"\d++(?:(?:[,.]|x(?=y))\d++)*+")
    assert not repeated.search(r"\d++(?>(?:[,.]\d++)*)")
    sources = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.toml")]
    assert [path.name for path in sources if repeated.search(path.read_text("utf-8"))] == []
