"""The heart: the rules of a board, its log, its tables, one way in and one way out."""
