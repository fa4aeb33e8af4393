"""Themes: where they are, what they hold, and which template includes which."""
