"""Structured formats to articles, one module a format."""
