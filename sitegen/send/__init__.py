"""Sending editions: exactly once, to mail servers and to services."""
