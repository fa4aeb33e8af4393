"""A saved page to an article."""
