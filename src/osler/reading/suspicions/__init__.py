"""What must not carry a claim until a person has looked, and what only looks different."""
