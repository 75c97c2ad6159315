"""People: who may read, edit, review, publish and administer."""
