"""Simulated offices: a register, what is delivered from it, faults planted in that, and the files it comes in."""
