"""Synthetic files of every kind of input, with the articles that have to come of each.

All names, places and sentences are invented. The same seed gives the same files.
"""
