"""How well a candidate answers: its drug, people, kidneys, bars and likelihood."""
