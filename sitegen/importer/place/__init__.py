"""Where an imported article goes in the site, and the writing of it."""
