"""site.yaml: its schema, how it is read, and the rules that `check` may be given."""
