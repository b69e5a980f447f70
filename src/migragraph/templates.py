"""Templates: the one door to jinja2, with everything escaped that a template does not mark as markup itself."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from itertools import chain, repeat
from pathlib import Path
from traceback import extract_tb
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, TypeVar

from migragraph.cache import find_cached, hash_package, keep_cached
from migragraph.errors import ProjectError

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment, Template
    from jinja2.bccache import Bucket
    from jinja2.compiler import CodeGenerator, Frame
    from jinja2.environment import TemplateModule
    from jinja2.nodes import Expr, FromImport, Import

__all__ = ["Environment", "Template", "is_ours", "mark_safe", "open_templates", "tell_faults"]


Value = TypeVar("Value")

_PACKAGE = Path(str(files(__package__)))
_COMPILED = "code"
_SPECIAL = re.compile("[&<>\"']")
_PLAIN = frozenset((FunctionType, MethodType))
"""Kinds of what is called as it is; other kinds may ask for a context by what they are called by."""


def open_templates(
    package: str, folders: Sequence[Path] = (), *, write: Callable[[object], str] | None = None
) -> Environment:
    """Open the templates of a package's folder ``templates``; those of other folders go before them.

    A value is escaped, a name that is not there is an error, and a block leaves no line of its own. What is no HTML is
    escaped by ``write``, through which every value then goes. The filter ``separate`` gives each of some values with
    what stands before it: a loop that asks whether it is at its end takes jinja2 several times as long.
    """
    from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    own = FileSystemLoader(str(files(package).joinpath("templates")))
    loader = ChoiceLoader([FileSystemLoader([str(folder) for folder in folders]), own])
    environment = _make_environment()(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        # What is escaped otherwise is compiled otherwise.
        bytecode_cache=_keep_compiled(f"{write.__module__}.{write.__qualname__}" if write else ""),
        finalize=write and (lambda value: Markup(write(value))),
        loader=loader,
    )
    environment.filters["separate"] = _separate
    return environment


def _separate(values: Iterable[Value], between: str, before: str = "") -> Iterator[tuple[str, Value]]:
    return zip(chain((before,), repeat(between)), values, strict=False)


@cache
def _make_environment() -> type[Environment]:
    """Make the kind of environment whose templates do at once what jinja2 does in several steps, with the same result.

    A value is written by one call, where jinja2 makes three: half of the values that a page shows are plain words, and
    many are markup already; what else there is, and every word with a character of HTML, markupsafe escapes. It is by
    the same hook that jinja2's own native templates differ. The macros of another template are looked up by its name,
    where jinja2 also looks whether its globals differ, which they never do here. And what takes no context is called
    as it is, where jinja2 first looks four times for how it is to be called.
    """
    from jinja2 import Environment
    from jinja2.compiler import CodeGenerator
    from jinja2.runtime import Context, Macro

    class Generator(CodeGenerator):
        def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
            if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
                super()._output_child_pre(node, frame, finalize)
            else:
                self.write("environment.write_html(")

        def _import_common(self, node: Import | FromImport, frame: Frame) -> None:
            if node.with_context:
                super()._import_common(node, frame)
            else:
                self.write("environment.find_module(")
                self.visit(node.template, frame)
                self.write(f", {self.name!r})")

    class Calling(Context):
        def call(self, called: Any, /, *arguments: Any, **named: Any) -> Any:
            kind = type(called)
            if kind is Macro:
                arguments = (self.eval_ctx, *arguments)
            elif kind not in _PLAIN or hasattr(called, "jinja_pass_arg"):
                return super().call(called, *arguments, **named)
            if named:
                named.pop("_block_vars", None)
                named.pop("_loop_vars", None)
            return called(*arguments, **named)

    class Escaping(Environment):
        code_generator_class = Generator
        context_class = Calling

        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self._modules: dict[str, TemplateModule] = {}

        def find_module(self, name: str, parent: str) -> TemplateModule:
            """Give the macros of a template, made once."""
            if name not in self._modules:
                self._modules[name] = self.get_template(name, parent).module
            return self._modules[name]

        write_html = staticmethod(_make_writer())

    return Escaping


def _make_writer() -> Callable[[object], str]:
    """Make what writes a value as HTML, escaped as markupsafe does it."""
    from markupsafe import Markup, escape

    def write_html(value: object) -> str:
        if type(value) is str:
            return value if _SPECIAL.search(value) is None else escape(value)
        if type(value) is Markup:
            return value
        write = getattr(value, "__html__", None)
        return escape(value) if write is None else str(write())

    return write_html


def _keep_compiled(written_by: str) -> BytecodeCache:
    """Keep compiled templates in the cache: under a hash of the template, and of all that compiles it or is run then.

    ``written_by`` names the function that writes their values. Compiling them takes as long as rendering a hundred
    pages.
    """
    from jinja2 import BytecodeCache

    class Kept(BytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            if folder := find_cached(_name(bucket, written_by)):
                bucket.bytecode_from_string((folder / _COMPILED).read_bytes())

        def dump_bytecode(self, bucket: Bucket) -> None:
            def fill(folder: Path) -> None:
                (folder / _COMPILED).write_bytes(bucket.bytecode_to_string())

            keep_cached(_name(bucket, written_by), fill)

    return Kept()


def _name(bucket: Bucket, written_by: str) -> str:
    parts = (_tell_compiler(), written_by, bucket.key, bucket.checksum)
    return f"template_{bucket.key}-{sha256(' '.join(parts).encode()).hexdigest()}"


@cache
def _tell_compiler() -> str:
    """Give what is the same for all templates and tells by what they are compiled and run."""
    return f"{hash_package()} {version('jinja2')} {sys.version}"


def is_ours(environment: Environment, name: str) -> bool:
    """Tell whether a template is one of ours, not one of a project; raise TemplateNotFound where there is none."""
    assert environment.loader is not None
    file = environment.loader.get_source(environment, name)[1]
    return file is not None and Path(file).is_relative_to(_PACKAGE)


@contextlib.contextmanager
def tell_faults(name: str) -> Iterator[None]:
    """Turn what is wrong with a template, or with what it uses, into a ProjectError that names its file and line."""
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    try:
        yield
    except TemplateNotFound as error:
        advice = "Put it into the folder that site.templates names."
        raise ProjectError(f"there is no template {error.name}.", path=name, advice=advice) from error
    except TemplateSyntaxError as error:
        message = f"the template is wrong: {error.message}"
        raise ProjectError(message, path=error.filename or name, line=error.lineno, advice="Mend it there.") from error
    except (TemplateError, TypeError, ValueError, AttributeError, LookupError) as error:
        frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".jinja")]
        if not frames:
            raise
        message, place = f"the template cannot be filled: {error}.", frames[-1]
        raise ProjectError(message, path=place.filename, line=place.lineno, advice="Mend it there.") from error


def mark_safe(rendered: str) -> str:
    """Mark what a template has rendered as markup, so that another template takes it as it is."""
    from markupsafe import Markup

    return Markup(rendered)
