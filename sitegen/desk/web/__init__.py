"""The desk in a browser: pages and forms over what `sitegen.desk` does."""
