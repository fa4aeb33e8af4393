"""Workflow files that deploy a site on every push: GitHub and GitLab."""

from __future__ import annotations

from pathlib import Path

from sitegen.base.diagnostics import fail
from sitegen.base.files import read_bytes, write_whole
from sitegen.base.install import requirement
from sitegen.config.load import load_config, needed_extras

_GITHUB = """\
name: Deploy
on:
  push: {branches: [main]}
  schedule: [{cron: "17 * * * *"}]  # articles whose time has come
  workflow_dispatch:
permissions: {contents: write}
concurrency: {group: deploy, cancel-in-progress: false}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "3.12"}
      - uses: actions/cache@v4
        with:
          path: .sitegen-cache
          key: sitegen-${{ github.run_id }}
          restore-keys: sitegen-
      - run: pip install "{requirement}"
      - run: sitegen check
      - run: sitegen deploy
"""
_GITLAB = """\
pages:
  image: python:3.12
  cache: {key: sitegen, paths: [.sitegen-cache]}
  script:
    - pip install "{requirement}"
    - sitegen check
    - sitegen build --strict --output public
  artifacts: {paths: [public]}
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
"""
CI = {"github": (".github/workflows/deploy.yml", _GITHUB), "gitlab": (".gitlab-ci.yml", _GITLAB)}


def init_ci(folder: Path, kind: str) -> str:
    """Write the workflow file of ``kind`` for the site in ``folder``; its path.

    It installs what installed this sitegen, with the extras that the site needs: never a name
    without a version.

    Raises SitegenError if there is such a file, or no site.
    """
    name, text = CI[kind]
    if not (folder / "site.yaml").exists():
        raise fail(
            "init",
            "this folder has no site.yaml",
            str(folder),
            help="to create a site: sitegen init",
            exit_status=2,
        )
    if (folder / name).exists():
        raise fail(
            "init",
            "already exists",
            str(folder / name),
            help="move it away to get a new one",
            exit_status=2,
        )
    config = load_config(read_bytes(folder / "site.yaml", "site.yaml").decode("utf-8", "replace"))
    text = text.replace("{requirement}", requirement(*needed_extras(config)))
    write_whole(folder / name, text.encode())
    return str(folder / name)
