"""Every output with its view: the plan of output/, one module a kind of page."""
