"""Rows and cells as statements."""
