"""The ssh server and the object store that several tests deploy to."""

from tests.deploy.object_store import bucket, port
from tests.deploy.sshd import host

__all__ = ["bucket", "host", "port"]
