"""Leaves that know nothing of ours."""
