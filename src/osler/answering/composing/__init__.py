"""From statements to claims, each through the gate, and doses worked out beside them."""
