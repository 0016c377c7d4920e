"""Counts become indicators with a verdict. Pure: nothing here reads or writes anything."""
