"""Markdown of other generators to articles."""
