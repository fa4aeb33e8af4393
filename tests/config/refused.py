"""A site.yaml that is refused."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import Diagnostic, SitegenError
from sitegen.config.load import load_config


def refused(text: str) -> list[Diagnostic]:
    """What is reported of a site.yaml that holds ``text``."""
    with pytest.raises(SitegenError) as caught:
        load_config(text)
    assert caught.value.exit_status == 2
    return caught.value.diagnostics
