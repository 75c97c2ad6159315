"""The words of a text and how they are looked through."""
