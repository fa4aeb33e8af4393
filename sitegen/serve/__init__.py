"""The preview: a site over HTTP on this machine, rebuilt whenever its files change.

`watch` reports changes, `rebuild` builds in a thread of its own, `live_reload` notifies browsers,
`http` answers requests from the last good site. They share one frozen value, `state.ServedSite`,
which `rebuild` replaces.
"""

from sitegen.serve.network import WILDCARDS, free_socket, preview_folder
from sitegen.serve.server import Preview, serve

__all__ = ["WILDCARDS", "Preview", "free_socket", "preview_folder", "serve"]
