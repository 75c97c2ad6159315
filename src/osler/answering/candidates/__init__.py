"""Statements that may answer, and what each says as it stands: its drug, row, form and phase."""
