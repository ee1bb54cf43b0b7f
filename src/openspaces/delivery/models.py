"""The tables of delivery: destinations, how far each outlet has read the log, and one row for each thing told."""

from django.db import models


class Destination(models.Model):
    """Where an outlet sends things for an event. `sealed` holds its secrets, encrypted. While `stopped` is set nothing
    is sent: by whom, and `trouble` says why where it was the program itself. `key` is that of the form."""

    event = models.CharField(max_length=48)
    outlet = models.CharField(max_length=32)
    name = models.CharField(max_length=80)
    settings = models.JSONField(default=dict)
    sealed = models.TextField(default="")
    asks = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=32, default="")
    stopped = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=32, default="")
    trouble = models.CharField(max_length=500, default="")
    key = models.CharField(max_length=128, default="")

    class Meta:
        indexes = [models.Index(fields=["event", "outlet"])]
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], condition=~models.Q(key=""), name="set_up_once")
        ]


class Cursor(models.Model):
    """Up to which number an outlet has read an event's log, for one destination (0: for the event itself)."""

    event = models.CharField(max_length=48)
    outlet = models.CharField(max_length=32)
    destination = models.PositiveBigIntegerField(default=0)
    epoch = models.CharField(max_length=16)
    number = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "outlet", "destination"], name="one_cursor_an_outlet")]


class Delivery(models.Model):
    """One thing that is told, or was: see `contract.Thing` and `rows.State`. `due` is when it is tried next, `tried`
    when it was tried first."""

    event = models.CharField(max_length=48)
    outlet = models.CharField(max_length=32)
    destination = models.PositiveBigIntegerField(default=0)
    recipient = models.CharField(max_length=64, default="")
    subject = models.CharField(max_length=80)
    first = models.PositiveBigIntegerField(default=0)
    number = models.PositiveBigIntegerField(default=0)
    since = models.DateTimeField()
    due = models.DateTimeField()
    until = models.DateTimeField(null=True)
    state = models.CharField(max_length=16)
    tries = models.PositiveIntegerField(default=0)
    tried = models.DateTimeField(null=True)
    told = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=500, default="")
    trouble = models.CharField(max_length=500, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "outlet", "destination", "recipient", "subject", "number"], name="told_once"
            )
        ]
        indexes = [
            models.Index(fields=["state", "due"]),
            models.Index(fields=["destination", "state", "due"]),
        ]


class Lease(models.Model):
    """Which worker may work, and until when unless it says so again."""

    name = models.CharField(primary_key=True, max_length=16)
    holder = models.CharField(max_length=32, default="")
    until = models.DateTimeField()
