"""Pages to bytes: Jinja templates for people, serialisers for machines."""
