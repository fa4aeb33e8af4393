"""From documents to a digest: what is published, in which lists, editions and stories."""
