"""The published figures: received rows and what was read about them, as tables."""
