"""The files that a build is made from."""

from __future__ import annotations

import msgspec

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.makers import fingerprint
from sitegen.base.text import digest
from sitegen.content.addresses import addresses_file
from sitegen.content.closed_editions import manifest_files, stray_files
from sitegen.content.discover import Found, Sources, discover
from sitegen.content.static import static_files
from sitegen.engine.context import BuildContext
from sitegen.model.base import Struct


class BuildInputs(Struct, frozen=True):
    """The files of a site, by their path and stat, and a diagnostic for each that is passed over.

    ``closed`` are the records of closed editions, ``addresses`` is the file of published URLs, if
    there is one. ``signature`` is a digest of all that a plan is
    made from, except the articles.
    """

    sources: Sources
    static: tuple[Found, ...]
    closed: tuple[Found, ...]
    addresses: tuple[Found, ...]
    passed_over: tuple[Diagnostic, ...]
    signature: str


def find_inputs(context: BuildContext) -> BuildInputs:
    """The files of the site, as they are now."""
    sources, unread = discover(
        context.root, context.config.content, bool(context.config.taxonomies)
    )
    static, unpublished = static_files(context.root)
    closed = manifest_files(context.root, context.config)
    addresses = addresses_file(context.root)
    passed_over = (*unread, *unpublished, *stray_files(context.root, context.config))
    signature = _signature(context, sources, (*static, *closed, *addresses), passed_over)
    return BuildInputs(sources, static, closed, addresses, passed_over, signature)


def _signature(
    context: BuildContext,
    sources: Sources,
    files: tuple[Found, ...],
    passed_over: tuple[Diagnostic, ...],
) -> str:
    theme = context.theme
    parts = (
        fingerprint(),
        context.config,
        (theme.digest, theme.options, theme.asset_paths),
        context.shown,
        sources.media,
        files,
        passed_over,
    )
    return digest(msgspec.msgpack.encode(parts))
