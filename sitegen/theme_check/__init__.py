"""Whether a theme follows the rules for themes: `sitegen theme check`."""
