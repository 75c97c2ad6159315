"""The site: ask, read, review, approve."""
