"""Delivery: what leaves by itself, from the log to people outside. Who asked for it, how far it is, what came of it."""
