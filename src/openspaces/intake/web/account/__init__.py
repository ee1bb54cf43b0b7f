"""Signing in: a code by e-mail, passkeys, and the page of one's own account. django-allauth does it, we say it."""
