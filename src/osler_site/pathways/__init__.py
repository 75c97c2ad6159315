"""Pathways for readers: what there is, a form for one patient, and the result as one answers."""
