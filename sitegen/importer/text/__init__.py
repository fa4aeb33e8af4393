"""Copied text to an article."""
