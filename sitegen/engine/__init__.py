"""The build: what is parsed, planned, compared, rendered and published, and the cache between
builds."""
