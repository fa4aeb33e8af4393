"""The kinds of targets that an edition is sent to, one module each."""
