"""Template tags of the pathways."""
