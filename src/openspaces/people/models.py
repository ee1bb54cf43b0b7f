"""The tables of people: which devices hold which cards, who has a role, and which staff tokens are good."""

from django.db import models


class Holding(models.Model):
    """A device that showed a card's edit key; it may edit the card from then on. `hand` is the device at that event."""

    event = models.CharField(max_length=48)
    hand = models.CharField(max_length=32)
    card = models.CharField(max_length=6)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "hand", "card"], name="one_holding_a_card")]


class RoleGiven(models.Model):
    """A device's role at one event."""

    event = models.CharField(max_length=48)
    hand = models.CharField(max_length=32)
    role = models.CharField(max_length=16)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "hand"], name="one_role_a_device")]


class Token(models.Model):
    """A staff token of one event. The token itself is derived from the secret and this row, and is stored nowhere."""

    event = models.CharField(max_length=48)
    serial = models.PositiveIntegerField()
    purpose = models.CharField(max_length=16)
    role = models.CharField(max_length=16)
    at = models.DateTimeField(auto_now_add=True)
    revoked = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "purpose", "serial"], name="one_token_a_serial")]
