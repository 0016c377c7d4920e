"""Indicators become words, tables and figures."""
