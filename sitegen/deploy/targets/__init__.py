"""One module for each kind of deploy target."""
