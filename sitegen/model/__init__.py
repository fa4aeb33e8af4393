"""The nouns of a digest, as frozen values."""
