#!/usr/bin/env python3
"""Build these documents as a site, with sitegen itself:  python docs/make.py FOLDER.

FOLDER gets a site of its own, whose articles are the documents, and the built pages in
FOLDER/output.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SITE = """\
title: sitegen
base_url: https://sitegen.example/
timezone: UTC
description: How to make a news digest
permalink: "/{section}/{slug}/"
sections:
  guide: {title: Guide, description: "What each part does"}
"""


def document(path: Path) -> str:
    """A document as an article; links between documents lead to their pages."""
    title, _, body = path.read_text("utf-8").removeprefix("# ").partition("\n")
    body = re.sub(r"\]\((?:docs/)?([a-z-]+)\.md(#[^)]*)?\)", r"](/guide/\1/\2)", body)
    # What is outside of docs/ is not on the site: its name is enough.
    body = re.sub(r"\[([^\[\]]*)\]\(\.\./[^)]*\)", r"\1", body)
    head = (
        f"title: {title.strip()!r}\nslug: {path.stem}\ndate: 2026-11-24\nauthors: [The sitegen"
        " authors]\n"
    )
    return f"---\n{head}---\n{body}"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    site = Path(sys.argv[1])
    shutil.rmtree(site / "content", ignore_errors=True)
    (site / "content/guide").mkdir(parents=True)
    (site / "site.yaml").write_text(SITE, "utf-8")
    for path in sorted(set(HERE.glob("*.md")) - {HERE / "README.md"}):
        (site / "content/guide" / path.name).write_text(document(path), "utf-8")
    for image in (*HERE.rglob("*.webp"), *HERE.rglob("*.png")):
        copy = site / "content/guide" / image.relative_to(HERE)
        copy.parent.mkdir(exist_ok=True)
        shutil.copyfile(image, copy)
    command = [
        sys.executable,
        "-m",
        "sitegen",
        "build",
        "--strict",
        "--now",
        "2026-11-25T00:00:00+00:00",
        "--site",
        str(site),
    ]
    sys.exit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    main()
