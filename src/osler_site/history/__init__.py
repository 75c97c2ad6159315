"""What a signed-in reader asked and the articles they saved: theirs alone, theirs to delete."""
