"""Where sources disagree: the sides of a question, whom each is for, and why they differ."""
