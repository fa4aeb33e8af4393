"""The ssh server that several tests deploy to."""

from tests.deploy.sshd import host

__all__ = ["host"]
