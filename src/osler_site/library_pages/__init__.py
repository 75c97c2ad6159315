"""The library, read: its sources, and every passage in its place."""
