"""Libraries that a deployment needs are asked for together."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from sitegen.base import install
from sitegen.base.diagnostics import SitegenError
from sitegen.base.progress import silent
from sitegen.config.load import load_config, needed_extras
from sitegen.deploy.model import Surroundings
from sitegen.deploy.run import DeployOptions
from sitegen.deploy.site import deploy_site
from sitegen.engine.options import BuildOptions
from tests.conftest import NOW, Digest

SITE = """\
title: T
base_url: https://salm.press/
timezone: UTC
editions: {kind: weekly, email: true}
deploy:
  live: {kind: s3, bucket: salm, compress: br}
  copy: {kind: sftp, host: copy.press, path: /www}
"""


@dataclass
class Case:
    target: str
    extras: set[str]


@pytest.mark.parametrize(
    "case",
    [
        Case("", {"email", "s3", "brotli", "sftp"}),
        Case("live", {"email", "s3", "brotli"}),
        Case("copy", {"email", "sftp"}),
    ],
)
def test_the_extras_that_a_target_needs(case: Case) -> None:
    assert set(needed_extras(load_config(SITE), case.target)) == case.extras


def test_the_build_and_the_target_report_what_they_lack_at_once(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.write("site.yaml", SITE)
    for extra in ("email", "s3", "sftp"):
        monkeypatch.setitem(install.EXTRAS, extra, ("not_installed_anywhere",))
    monkeypatch.setitem(install.EXTRAS, "brotli", ())
    options = BuildOptions(root=str(digest.root), now=NOW)
    wish = DeployOptions(target="live", kind="s3", keep=1, max_deletes="10%")
    around = Surroundings({}, NOW, "mark")
    with pytest.raises(SitegenError) as caught:
        deploy_site(digest.root, "live", options, wish, around, silent)
    problems = caught.value.diagnostics
    assert len(problems) == 2
    assert {d.help for d in problems} == {"pip install 'sitegen-digest[email,s3]'"}
    assert caught.value.exit_status == 2
