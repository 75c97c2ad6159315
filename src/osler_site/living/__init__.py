"""Articles kept true: what changed under them since they were reviewed."""
