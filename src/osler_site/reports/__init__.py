"""What readers and editors need to know of: problems, gaps, the audit log."""
