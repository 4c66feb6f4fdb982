"""What pages and API share: finding what a request is about, and whether the caller may act on it."""
