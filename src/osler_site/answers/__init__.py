"""Asking: a question, its stored answer, the stream, the permanent address."""
