"""Articles: what an editor has taken up, as pages."""
