"""New sites, articles, themes and workflow files."""
