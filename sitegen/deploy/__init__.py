"""Upload of output/: what to send, in which order, to each kind of target."""
