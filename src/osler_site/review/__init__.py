"""The board's work: claim, check claim by claim, sign off."""
