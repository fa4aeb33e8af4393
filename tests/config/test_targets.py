"""Deploy targets: every wrong name, kind, key and value is refused at its line."""

from __future__ import annotations

import pytest

from sitegen.config.load import load_config, needed_extras
from sitegen.config.targets import PluginTarget, check_targets, plugin_target, unknown_target
from tests.config.refused import refused
from tests.conftest import SITE

FOLDER = "deploy:\n  web:\n    kind: folder\n    path: /srv\n"
SFTP = "deploy:\n  web:\n    kind: sftp\n    path: /srv\n"
S3 = "deploy:\n  web:\n    kind: s3\n    bucket: b\n"


@pytest.mark.parametrize(
    ("text", "message", "row"),
    [
        ("deploy:\n  Web: {kind: folder, path: /srv}", "`Web` is not a valid name", 1),
        ("deploy:\n  web: {kind: foldr}", "`deploy.web`: unknown kind `foldr`", 1),
        ("deploy:\n  web: {path: /srv}", "`deploy.web`: `kind` is missing", 1),
        ("deploy:\n  web: folder", "`deploy.web`: `kind` is missing", 1),
        (f"{FOLDER}    swich: true", "`deploy.web`: unknown key `swich`", 4),
        (f"{FOLDER}    api-token: x", "`deploy.web.api-token` would be a secret", 4),
        (f"{FOLDER}    max_deletes: most", "neither a number nor a share: `most`", 4),
        (f"{FOLDER}    max_deletes: 101%", "neither a number nor a share: `101%`", 4),
        (f"{FOLDER}    after: [send]\n    noindex: true", "letters lead to the site itself", 4),
        (f"{FOLDER}    after: [mail]", "must be send", 4),
        (f"{FOLDER}    purge: {{akamai: x}}", "unknown service `akamai`", 4),
        (f"{S3}    acl: public", "`deploy.web.acl` is not a canned ACL: `public`", 4),
        (f"{S3}    prefix: ../x", "`deploy.web.prefix` cannot be `../x`", 4),
        (f"{S3}    prefix: /a//b/", "`deploy.web.prefix` cannot be `/a//b/`", 4),
        (f"{S3}    endpoint: storage", "`deploy.web.endpoint` is not a URL: `storage`", 4),
        (f"{S3}    jobs: 0", "`deploy.web.jobs` cannot be 0", 4),
        (f"{S3}    compress: zip", "must be br or gzip, not `zip`", 4),
        (f"{SFTP}    host: t.example\n    port: 70000", "`deploy.web.port` cannot be 70000", 5),
        (f'{FOLDER}    cache: {{"*": "a\\n  X-B: c"}}', "`deploy.web.cache` holds a line br", 4),
        (f"{SFTP}    host: -oProxyCommand=x", "`deploy.web.host` cannot be `-oProxy", 4),
        (f"{SFTP}    host: t.example\n    user: a@b", "`deploy.web.user` cannot be `a@b`", 5),
    ],
)
def test_what_is_wrong_in_a_target_is_refused_at_its_line(
    text: str, message: str, row: int
) -> None:
    (found,) = refused(f"{SITE}{text}\n")
    assert message in found.message
    assert found.line == SITE.count("\n") + row + 1
    assert found.help


def test_a_target_of_a_plugin_keeps_its_own_keys() -> None:
    target = {"kind": "vault", "shelf": "a", "keep": 3}
    assert unknown_target({"x": target}, plugins=True) == []
    assert plugin_target(target) == {
        "kind": "(plugin)",
        "of": "vault",
        "settings": {"shelf": "a"},
        "keep": 3,
    }
    assert list(check_targets({"x": PluginTarget(of="vault")})) == []


def test_the_extras_that_settings_need_are_named() -> None:
    text = (
        f"{SITE}search: true\neditions: {{kind: daily, email: true}}\n{SFTP}    host: t.example\n"
    )
    assert needed_extras(load_config(text)) == {
        "email": "`email` of `editions`",
        "sftp": "the deploy target `web`",
    }


@pytest.mark.parametrize(
    "text",
    [
        f"{FOLDER}    password: S3cret",
        "deploy: {web: {kind: folder, path: /srv, swich: 1, password: S3cret}}",
        "deploy: {web: {kind: folder, path: /srv, password: S3cret}, Other: {kind: git}}",
    ],
)
def test_the_line_of_a_secret_is_not_shown(text: str) -> None:
    assert "S3cret" not in repr(refused(f"{SITE}{text}\n"))
