"""Whom a text is about, read as criteria, and whether they take in a patient."""
