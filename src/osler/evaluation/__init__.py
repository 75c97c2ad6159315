"""The measures, and the runners that print them."""
