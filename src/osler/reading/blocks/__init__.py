"""One normalised text and its blocks, which every reader writes."""
