"""Notebooks are run from outside and become paper."""
