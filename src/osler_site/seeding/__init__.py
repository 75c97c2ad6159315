"""The starter articles, composed from the starter library."""
