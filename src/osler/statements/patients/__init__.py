"""The patient of a question, read from its words."""
