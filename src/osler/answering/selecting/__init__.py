"""Which candidates answer, which merely help, and which facts are missing to decide."""
