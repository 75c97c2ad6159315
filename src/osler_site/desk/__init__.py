"""The editors' desk: what waits, what readers could not be answered, who did what."""
