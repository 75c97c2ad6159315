"""Taking an answer or an article along: citations, plain text, JSON, PDF, structured data."""
