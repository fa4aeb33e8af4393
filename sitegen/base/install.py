"""How sitegen is installed: the name of its distribution, and the extras that bring rarely used
libraries."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterable, Mapping

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem

DISTRIBUTION = "sitegen-digest"  # `sitegen` on the package index is another project

# extra -> modules that it brings; pyproject.toml has the same keys
EXTRAS = {
    "pages": ("trafilatura", "htmldate", "warcio"),
    "office": ("mammoth", "pdfminer"),
    "search": (),  # older install lines name it
    "email": ("css_inline",),
    "code": ("pygments",),
    "math": ("latex2mathml",),
    "s3": ("boto3",),
    "sftp": ("paramiko",),
    "brotli": ("brotli",),
    "cluster": ("distributed",),
}


def install_line(*extras: str) -> str:
    """The command that installs sitegen with ``extras``."""
    wanted = ",".join(sorted(set(extras)))
    return f"pip install '{DISTRIBUTION}[{wanted}]'" if wanted else f"pip install {DISTRIBUTION}"


def missing_extras(extras: Iterable[str]) -> list[str]:
    """Those of ``extras`` with a module that is not installed.

    Nothing is imported.
    """
    return [extra for extra in extras if not all(map(importlib.util.find_spec, EXTRAS[extra]))]


def require_extras(needs: Mapping[str, str], path: str = "", exit_status: int = 1) -> None:
    """Check that the extras which are keys of ``needs`` are installed; its values say what needs
    each.

    Raises SitegenError with a diagnostic for each missing extra; each has the line that installs
    all.
    """
    missing = missing_extras(needs)
    if missing:
        help = install_line(*missing)
        raise SitegenError([lack(needs[extra], path, help) for extra in missing], exit_status)


def lack(what: str, path: str, help: str) -> Diagnostic:
    """The diagnostic for one missing extra."""
    return problem("extra", f"{what} needs a library that is not installed", path, help=help)


def requirement(*extras: str) -> str:
    """What to give pip so that another machine gets the same sitegen.

    That is the archive or commit it was installed from (PEP 610, direct_url.json), else its exact
    version. A folder or file of this machine is of no use elsewhere, and counts as its version.
    """
    from importlib import metadata  # takes long to import, and only `init` needs it

    name = f"{DISTRIBUTION}[{','.join(sorted(set(extras)))}]" if extras else DISTRIBUTION
    installed = metadata.distribution(DISTRIBUTION)
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    url = origin.get("url", "")
    if url.startswith("https://") and "vcs_info" in origin:
        vcs = origin["vcs_info"]
        return f"{name} @ {vcs['vcs']}+{url}@{vcs['commit_id']}"
    if url.startswith("https://") and "archive_info" in origin:
        hashes = origin["archive_info"].get("hashes", {})
        digest = f"#sha256={hashes['sha256']}" if "sha256" in hashes else ""
        return f"{name} @ {url}{digest}"
    return f"{name}=={installed.version}"
