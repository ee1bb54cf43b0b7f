"""The API: JSON becomes a move, and what the move came to becomes JSON. No rules here."""
