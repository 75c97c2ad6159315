"""What there is to read and what rests on what: lists, related articles, feeds, suggestions."""
