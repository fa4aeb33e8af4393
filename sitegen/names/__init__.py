"""Names of people as bylines, feeds, mail, exports and front matter write them, read by one
reader."""
