"""From names and bytes to files: archives, encodings, formats, limits."""
