"""From a folder of Markdown files to documents: find, read, check, convert."""
