"""What a line advises: its doses, times, checks and thresholds as values that can be compared."""
