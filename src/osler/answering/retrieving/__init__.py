"""From a question to the statements of the library that may answer it."""
