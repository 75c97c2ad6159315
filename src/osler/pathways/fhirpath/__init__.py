"""FHIRPath, with quantities that are converted and dates that may be known in part."""
