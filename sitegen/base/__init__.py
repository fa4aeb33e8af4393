"""Lowest layer: text, dates, paths, files and diagnostics.

Knows nothing of articles or sites.
"""
