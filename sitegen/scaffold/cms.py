"""An editor in the browser for the articles of a site: Sveltia CMS, which reads and writes the
files of its Git repository.

Its settings are made from those of the site. The program itself is a file that the user puts
beside them. Source: https://sveltiacms.app/en/docs
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sitegen.base.diagnostics import fail
from sitegen.base.files import read_bytes
from sitegen.config.languages import languages_of
from sitegen.config.load import load_config
from sitegen.config.schema import Config
from sitegen.content.article import STATUS
from sitegen.content.discover import PAGES
from sitegen.content.frontmatter import KEYS
from sitegen.scaffold.site import write_missing

FOLDER = "static/admin"
PROGRAM = "sveltia-cms.js"
FETCH = (
    "npm pack @sveltia/cms && tar -xzf sveltia-cms-*.tgz --strip-components=2 -C"
    f" {FOLDER} package/dist/{PROGRAM}"
)
UNKNOWN = "OWNER/NAME"  # of a repository

_PAGE = f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Editor</title>
</head>
<body>
<script src="{PROGRAM}"></script>
</body>
</html>
"""
_HOSTS = {"github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "gitea"}
_REMOTE = re.compile(
    r"^\s*url\s*=\s*(?:https://(?:[^@/\s]*@)?|ssh://git@|git@)"
    rf"(?P<host>{'|'.join(map(re.escape, _HOSTS))})[:/](?P<name>\S+?)(?:\.git)?/?\s*$",
    re.MULTILINE,
)
_TEXT = ("alt", "caption", "creator", "credit", "copyright", "license")


def init_cms(folder: Path) -> tuple[list[str], bool]:
    """Write the editor's page and settings for the site in ``folder``: the paths of its files, and
    whether its repository is known. Existing files stay as they are.

    Raises SitegenError if there is no site.
    """
    settings = folder / "site.yaml"
    if not settings.exists():
        hint = "to create a site: sitegen init"
        raise fail("init", "this folder has no site.yaml", str(folder), help=hint, exit_status=2)
    config = load_config(read_bytes(settings, "site.yaml").decode("utf-8", "replace"))
    backend = repository(folder)
    files = {
        f"{FOLDER}/index.html": _PAGE,
        f"{FOLDER}/config.yml": _as_yaml(cms_settings(config, backend)),
    }
    return write_missing(folder, files), backend["repo"] != UNKNOWN


def _as_yaml(settings: dict[str, Any]) -> str:
    return yaml.dump(settings, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)


class _Plain(yaml.SafeDumper):
    """Writes equal values out instead of naming the first one."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def repository(folder: Path) -> dict[str, str]:
    """Where the site is kept, as the editor calls it, by the remotes of Git."""
    file = folder / ".git/config"
    text = file.read_text("utf-8", "replace") if file.is_file() else ""
    found = _REMOTE.search(text)
    if not found:
        return {"name": "github", "repo": UNKNOWN}
    name = _HOSTS[found["host"]]
    own = {"base_url": "https://codeberg.org"} if name == "gitea" else {}
    return {"name": name, "repo": found["name"], **own}


def cms_settings(config: Config, backend: dict[str, str]) -> dict[str, Any]:
    """What the editor has to know of a site: its sections and pages, and the keys of front
    matter."""
    return {
        "backend": backend,
        "site_url": config.base_url,
        "media_folder": "static/images",
        "public_folder": "/images",
        "output": {"omit_empty_optional_fields": True},
        "slug": {"encoding": "unicode", "clean_accents": False},
        "collections": [*_sections(config), _pages(config)],
    }


def _sections(config: Config) -> Iterator[dict[str, Any]]:
    for slug, section in config.sections.items():
        yield {
            **_collection(slug, section.title or slug, f"{config.content}/{slug}"),
            "slug": "{{year}}-{{month}}-{{day}}-{{slug}}",
            "sortable_fields": {"fields": ["date", "title"], "default": {"field": "date"}},
            "fields": _fields(config),
        }


def _pages(config: Config) -> dict[str, Any]:
    page = {"label": "Kind", "name": "kind", "widget": "hidden", "default": "page"}
    shown = [x for x in _fields(config) if x["name"] in ("title", "dek", "body")]
    named = {"kind", *(x["name"] for x in shown)}
    fields = [*shown, page, *_hidden(named)]
    return {**_collection(PAGES, "Pages", f"{config.content}/{PAGES}"), "fields": fields}


def _collection(name: str, label: str, folder: str) -> dict[str, Any]:
    """A folder of Markdown files, with the images of its articles beside them."""
    return {
        "name": name,
        "label": label,
        "folder": folder,
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
        "media_folder": "",
        "public_folder": "",
    }


def _fields(config: Config) -> list[dict[str, Any]]:
    """The keys that an editor fills in; all others of front matter are kept as they are."""
    fields = [
        _field("title", "Headline", required=True),
        _field("dek", "Line below the headline", "text"),
        _field("authors", "Authors", "list"),
        _field("date", "Date", "datetime", required=True, format="YYYY-MM-DDTHH:mm:ssZ"),
        _field("status", "Status", "select", options=list(STATUS)),
        _field("tags", "Tags", "list"),
        *(_field(kind, x.title or kind, "list") for kind, x in _own_terms(config)),
        _field("summary", "Summary", "text"),
        _field("image", "Image", "object", collapsed=True, fields=_image_fields()),
        _field("source", "Source", "object", collapsed=True, fields=_source_fields()),
    ]
    languages = languages_of(config)
    if len(languages) > 1:
        fields.append(_field("lang", "Language", "select", options=list(languages)))
    fields.append(_field("body", "Text", "markdown"))
    return [*fields, *_hidden({field["name"] for field in fields})]


def _own_terms(config: Config) -> Iterator[tuple[str, Any]]:
    return ((kind, x) for kind, x in config.taxonomies.items() if kind not in KEYS)


def _image_fields() -> list[dict[str, Any]]:
    texts = [_field(name, name.capitalize()) for name in _TEXT]
    return [_field("src", "File", "image", required=True), *texts]


def _source_fields() -> list[dict[str, Any]]:
    return [
        _field("name", "Name"),
        _field("url", "URL of the original"),
        _field("license", "Licence"),
    ]


def _hidden(shown: set[str]) -> list[dict[str, Any]]:
    """The keys that the editor does not show: it writes back what a file has of them."""
    return [{"name": key, "widget": "hidden"} for key in KEYS if key not in shown]


def _field(name: str, label: str, widget: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "label": label, "widget": widget, "required": False} | more
