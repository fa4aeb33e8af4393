"""Everything that leans on Jinja's internals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import jinja2
import jinja2.compiler
import jinja2.visitor
from markupsafe import Markup

from sitegen.base.gettext import Messages

if TYPE_CHECKING:
    pass


_SPECIAL = re.compile("[&<>\"']")


def no_text(path: str) -> bytes:
    raise FileNotFoundError(path)


class _Context(jinja2.runtime.Context):
    """A context that calls functions and macros straight; Jinja's own looks each one over first,
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
    """Words that a template gives to `t` stand in its code as those of the site's language: a page
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
    context_class = _Context
    code_generator_class = _Code

    def __init__(self, messages: Messages, **options: Any) -> None:
        super().__init__(**options)
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
