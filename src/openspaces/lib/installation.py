"""A name that all processes of one installation share and no other has; nothing can be made from it."""

from django.utils.crypto import salted_hmac


def name() -> str:
    """Twelve letters, always the same with the same secret."""
    return salted_hmac("openspaces.installation", "name", algorithm="sha256").hexdigest()[:12]
