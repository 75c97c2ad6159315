"""A question in words: what it is about, what it asks, and for whom."""
