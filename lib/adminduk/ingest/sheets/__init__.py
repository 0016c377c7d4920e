"""A sheet becomes counts, claims and findings, by the layouts that params declare."""
