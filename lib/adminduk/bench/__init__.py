"""The benchmark: our batch beside its floor, and beside the plain tool chains."""
