"""Pictures: what stands in their files, which sizes of them pages show, and the making of those."""
