"""An answer as JSON → what templates show."""
