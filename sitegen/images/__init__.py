"""Images: what their files say, which sizes pages show, and how those are made."""
