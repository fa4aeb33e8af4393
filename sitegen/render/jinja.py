"""Everything that leans on Jinja's internals: how its code calls and escapes, and what its errors
say.

Each part has a test in tests/render/test_jinja.py, which fails where another version of Jinja
differs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import jinja2
import jinja2.compiler
import jinja2.visitor
from markupsafe import Markup

from sitegen.base.gettext import Messages

# What Jinja says of a filter or test that there is not, of a missing field of a view, of a missing
# key of a mapping, and of a name that is not known.
NO_FILTER = re.compile(r"No (filter|test) named '(.*?)'(?: found)?\.?")
NO_FIELD = re.compile(r"'sitegen\.model\.(\w+)\.(\w+) object' has no attribute '(\w+)'")
NO_KEY = re.compile(r"'dict object' has no attribute '(.+)'")
NO_NAME = re.compile(r"'(\w+)' is undefined")

_SPECIAL = re.compile("[&<>\"']")
_TEMPLATES = (".html", ".xml")


class _Context(jinja2.runtime.Context):
    """A context that calls functions and macros directly; Jinja's own inspects each one first,
    which takes half the time."""

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class _Code(jinja2.compiler.CodeGenerator):
    """Code in which an output is escaped by `escaped`: most texts hold nothing to escape, and need
    no wrapping."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Translated(jinja2.visitor.NodeTransformer):
    """Words that a template gives to `t` become those of the site's language in its code: a page
    pays nothing for them."""

    def __init__(self, messages: Messages) -> None:
        self.messages = messages

    def visit_Call(self, node: jinja2.nodes.Call) -> jinja2.nodes.Node:
        match node:
            case jinja2.nodes.Call(
                node=jinja2.nodes.Name(name="t"), args=[jinja2.nodes.Const(value=str(text))]
            ):
                return jinja2.nodes.Const(
                    self.messages(text), lineno=node.lineno, environment=node.environment
                )
        return self.generic_visit(node)


class Environment(jinja2.Environment):
    """Templates by name; ``places`` names the file of each, for errors."""

    context_class = _Context
    code_generator_class = _Code

    def __init__(
        self, messages: Messages, templates: Mapping[str, str], places: Mapping[str, str]
    ) -> None:
        def source(name: str) -> tuple[str, str, None] | None:
            if name not in templates:
                return None
            return templates[name], places.get(name, name), None

        super().__init__(
            loader=jinja2.FunctionLoader(source),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.translated = _Translated(messages)

    def _parse(self, source: str, name: str | None, filename: str | None) -> jinja2.nodes.Template:
        tree = super()._parse(source, name, filename)
        self.translated.visit(tree)
        return tree

    def make_globals(self, d: Any) -> Any:
        """The names that a template sees, as a plain dict: every rendering goes through all of
        them."""
        return {**self.globals, **(d or {})}

    @staticmethod
    def escaped(value: Any) -> str:
        """``value`` for an HTML text or attribute; what is marked as HTML stays."""
        if type(value) is str:
            return Markup.escape(value) if _SPECIAL.search(value) else value
        return value if type(value) is Markup else Markup.escape(value)


def raised_at(error: BaseException) -> tuple[str, int]:
    """The template and line at which an error was raised; neither where it was outside of any."""
    name, line, trace = "", 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(_TEMPLATES):
            name, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return name, line
