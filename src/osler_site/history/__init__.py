"""What a signed-in reader asked, and the articles they saved; theirs alone, and theirs to delete."""
