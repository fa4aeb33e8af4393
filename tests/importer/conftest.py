"""urllib3, which the reader of pages brings, tries IPv6 with a socket when it is imported: that is
done here, before tests are watched for connections."""

from __future__ import annotations

import contextlib

with contextlib.suppress(ImportError):
    import trafilatura  # noqa: F401
