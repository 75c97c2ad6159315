"""The body weight and the ceilings that a dose by size goes by."""
