"""A file as received, opened: cells of its sheets, under limits and without anything personal."""
