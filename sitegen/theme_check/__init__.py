"""Whether a theme keeps to what sitegen expects of themes: `sitegen theme check`."""
