"""The ways out of a board: one folder each, and one line each in `registry`."""
