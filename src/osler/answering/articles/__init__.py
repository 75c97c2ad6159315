"""Overviews and summaries: all that the library says of one topic or one source."""
