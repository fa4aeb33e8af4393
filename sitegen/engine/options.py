"""What the command line may ask of a build."""

from __future__ import annotations

from pathlib import Path

from sitegen.model.base import Struct


class BuildOptions(Struct, frozen=True):
    """What the command line may ask of a build.

    ``now`` is an ISO moment: the only clock of a build.
    """

    root: str
    now: str
    output: str = ""
    base_url: str = ""
    drafts: bool = False
    future: bool = False
    expired: bool = False
    noindex: bool = False  # search engines are asked to list no page, whatever site.yaml says
    jobs: int = 0
    strict: bool = False
    no_cache: bool = False
    verify: bool = False
    keep_going: bool = False
    dry_run: bool = False
    preview: bool = False  # without a search index
    careful: bool = False  # an emptied site and a clock that went back are errors


def output_folder(options: BuildOptions) -> Path:
    """The folder that a build with ``options`` writes to."""
    return Path(options.output) if options.output else Path(options.root) / "output"
