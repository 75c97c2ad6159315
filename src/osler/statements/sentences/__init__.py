"""Where sentences end, and what the cues of a sentence tell of it."""
