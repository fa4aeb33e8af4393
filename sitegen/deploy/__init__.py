"""Bringing output/ to where the world reads it: what to send, in which order, and each kind of
target."""
