"""Plain text as people type it."""
