"""What an editor does between the feed and the page: judge what came in."""
