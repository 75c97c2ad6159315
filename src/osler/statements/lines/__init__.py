"""What a line leaves to its document: title, lead-in, label, the drug spoken of."""
