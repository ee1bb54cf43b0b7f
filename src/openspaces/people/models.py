"""The tables of people: accounts and their sessions, roles and staff tokens, who holds which card, who is present.

What is personal in them, and how long it is kept, stands in `personal`.
"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Holding(models.Model):
    """A device that showed a card's edit key; it may edit the card from then on. `hand` is the device at that event."""

    event = models.CharField(max_length=48)
    hand = models.CharField(max_length=32)
    card = models.CharField(max_length=6)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "hand", "card"], name="one_holding_a_card")]


class Contact(models.Model):
    """Where a card's host wants to hear of it, since when, and when the edit link went there. No page shows it and the
    log does not know it."""

    event = models.CharField(max_length=48)
    card = models.CharField(max_length=6)
    email = models.EmailField()
    at = models.DateTimeField(auto_now=True)
    linked = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "card"], name="one_contact_a_card")]


class MailStopped(models.Model):
    """An address that wants no more mail of an event. `address` is derived from it under the installation's secret."""

    event = models.CharField(max_length=48)
    address = models.CharField(max_length=32)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "address"], name="one_stop_an_address")]


class Subscription(models.Model):
    """How a device wants to be told of an event by itself. `sealed` is where and under which keys its browser takes
    messages, encrypted ("" if it does not), `service` the host that carries them there, and `mark` tells whether two
    devices are one browser. Quiet hours are minutes of the event's day; none where both are the same."""

    event = models.CharField(max_length=48)
    hand = models.CharField(max_length=32)
    mark = models.CharField(max_length=64, default="")
    service = models.CharField(max_length=253, default="")
    sealed = models.TextField(default="")
    keywords = models.CharField(max_length=500, default="")
    quiet_from = models.PositiveSmallIntegerField()
    quiet_until = models.PositiveSmallIntegerField()
    budget = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=16)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "hand"], name="one_subscription_a_device")]
        indexes = [models.Index(fields=["event", "service"])]


class Presence(models.Model):
    """A device that showed the presence code of an event, and when it did so last."""

    event = models.CharField(max_length=48)
    hand = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "hand"], name="one_presence_a_device")]


class Erasure(models.Model):
    """What somebody asked to be erased, under a name that tells nobody who it was, so that it stays erased where an
    older backup is put back: see `erasures`."""

    event = models.CharField(max_length=48)
    what = models.CharField(max_length=8)
    name = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "what", "name"], name="one_erasure_a_name")]


# Who runs an event


class Token(models.Model):
    """A staff token of one event. The token itself is derived from the secret and this row, and is stored nowhere.
    `by` says who made it, as `staff.Maker` writes it."""

    event = models.CharField(max_length=48)
    serial = models.PositiveIntegerField()
    purpose = models.CharField(max_length=16)
    role = models.CharField(max_length=16)
    note = models.CharField(max_length=80, default="")
    by = models.CharField(max_length=32, default="")
    at = models.DateTimeField(auto_now_add=True)
    revoked = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "purpose", "serial"], name="one_token_a_serial")]


class RoleGiven(models.Model):
    """A device's role at one event, and the token that gave it."""

    event = models.CharField(max_length=48)
    hand = models.CharField(max_length=32)
    role = models.CharField(max_length=16)
    token = models.ForeignKey(Token, models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "hand"], name="one_role_a_device")]


class Membership(models.Model):
    """The role that whoever signs in with an e-mail address has at one event; the address in small letters."""

    event = models.CharField(max_length=48)
    email = models.EmailField()
    role = models.CharField(max_length=16)
    by = models.CharField(max_length=32, default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "email"], name="one_membership_an_address")]


# Signing in


class Accounts(BaseUserManager["Account"]):
    """Every account."""


class Account(AbstractBaseUser):
    """Somebody who can sign in: an e-mail address in small letters. Nobody has a password."""

    email = models.EmailField(unique=True)
    at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    objects = Accounts()

    def __str__(self) -> str:
        return self.email


class Session(AbstractBaseSession):
    """A browser where somebody signs in; `account` is null until the code was typed."""

    account = models.ForeignKey(Account, models.CASCADE, null=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> type:
        """The engine that keeps these rows."""
        from openspaces.people.sessions import SessionStore

        return SessionStore


class Seat(models.Model):
    """A device at which somebody with a role was signed in: it lets colleagues read who did what."""

    event = models.CharField(max_length=48)
    hand = models.CharField(max_length=32)
    account = models.ForeignKey(Account, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "hand", "account"], name="one_seat_an_account")]
