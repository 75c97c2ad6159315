"""Managing accounts in Wagtail's administration, with bounds on what its people may do."""
