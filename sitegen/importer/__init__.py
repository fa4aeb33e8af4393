"""Import: scraped text and saved pages to Markdown files with front matter.

Nothing here is invented: a field that cannot be found stays empty, and each field that was found
keeps its evidence. Everything that comes in is untrusted.
"""
