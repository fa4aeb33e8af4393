"""The preview: a site over HTTP on this machine, built again whenever its sources change.

`watch` hears of changes, `loop` builds in a thread of its own, `live` tells the browsers, `app`
answers requests from the last good site. They share one frozen value, `state.Site`, which the loop
replaces.
"""

from sitegen.serve.network import WILDCARDS, free_socket, preview_folder
from sitegen.serve.server import Preview, serve

__all__ = ["WILDCARDS", "Preview", "free_socket", "preview_folder", "serve"]
