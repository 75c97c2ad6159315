"""Which claims open the answer, and what may not."""
