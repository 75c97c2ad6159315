"""Drugs, conditions, tests and abbreviations, kept as data."""
