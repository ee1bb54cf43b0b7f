"""The board's tables. Rows are written by `store` alone; what they mean is said in `state`.

Keys are natural (`pyconus2025/308@0516-0900` in parts), so that a row is written without looking anything up.
"""

from django.db import models


class Event(models.Model):
    """One event; its row is what a move locks. A restore gives it a new `epoch`."""

    slug = models.CharField(primary_key=True, max_length=48)
    epoch = models.CharField(max_length=16)
    number = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField()
    name = models.CharField(max_length=200, default="")
    timezone = models.CharField(max_length=64, default="UTC")
    venue = models.CharField(max_length=300, default="")
    language = models.CharField(max_length=16, default="en")
    hashtags = models.JSONField(default=list)
    contact = models.CharField(max_length=300, default="")
    about = models.TextField(default="")
    follows = models.CharField(max_length=500, default="")
    policy = models.JSONField(default=dict)
    desk = models.JSONField(default=dict)
    programme = models.PositiveIntegerField(default=0)


class Programme(models.Model):
    """One version of the main programme beside an event; `id` is `event/version`. The log names versions."""

    id = models.CharField(primary_key=True, max_length=64)
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    talks = models.JSONField()


class Room(models.Model):
    """A room of an event; `id` is `event/key`."""

    id = models.CharField(primary_key=True, max_length=96)
    event = models.ForeignKey(Event, models.PROTECT)
    key = models.CharField(max_length=32)
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    capacity = models.PositiveIntegerField(null=True)
    kit = models.JSONField(default=list)
    elsewhere = models.BooleanField(default=False)


class Day(models.Model):
    """A day of an event, its rooms in order; `id` is `event/2025-05-16`."""

    id = models.CharField(primary_key=True, max_length=64)
    event = models.ForeignKey(Event, models.PROTECT)
    date = models.DateField()
    rooms = models.JSONField(default=list)
    opens = models.DateTimeField(null=True)
    closes = models.DateTimeField(null=True)


class Slot(models.Model):
    """A slot of a day, in UTC; `id` is `event/0516-0900`."""

    id = models.CharField(primary_key=True, max_length=64)
    event = models.ForeignKey(Event, models.PROTECT)
    day = models.ForeignKey(Day, models.PROTECT)
    key = models.CharField(max_length=9)
    starts = models.DateTimeField()
    ends = models.DateTimeField()


class Card(models.Model):
    """A card; `id` is `event/CODE`. Its words are the row of `Words` with its `version`."""

    id = models.CharField(primary_key=True, max_length=64)
    event = models.ForeignKey(Event, models.PROTECT)
    code = models.CharField(max_length=6)
    serial = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    hand = models.CharField(max_length=32)
    edited = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    sequence = models.PositiveIntegerField()
    was = models.JSONField(default=dict)
    withdrawn = models.BooleanField()
    claim = models.JSONField(default=dict)
    notice = models.JSONField(default=dict)
    deal = models.JSONField(default=dict)
    standing = models.CharField(max_length=16, default="live")
    full = models.BooleanField(default=False)
    confirmed = models.PositiveBigIntegerField(default=0)
    merged = models.JSONField(default=list)
    merged_into = models.CharField(max_length=6, default="")
    wished = models.JSONField(default=dict)
    cohosts = models.JSONField(default=list)
    stars = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "serial"], name="one_card_a_serial")]


class Words(models.Model):
    """One version of what a card says; `id` is `event/CODE.version`. The log names versions, so blanking a row here
    erases words without touching the log."""

    id = models.CharField(primary_key=True, max_length=80)
    card = models.ForeignKey(Card, models.PROTECT)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=400)
    host = models.CharField(max_length=80)
    handle = models.CharField(max_length=80)
    link = models.CharField(max_length=300)
    wish = models.CharField(max_length=200, default="")


class Placement(models.Model):
    """A card holding one cell. The unique key is the guard: even a bug cannot book a cell twice.

    `lane` is 0 except Elsewhere, where it is the card's serial.
    """

    card = models.ForeignKey(Card, models.PROTECT)
    room = models.ForeignKey(Room, models.PROTECT)
    slot = models.ForeignKey(Slot, models.PROTECT)
    lane = models.PositiveIntegerField()
    where = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "slot", "lane"], name="one_card_a_cell")]


class Closure(models.Model):
    """A cell that nobody may take: who closed it, when and why."""

    room = models.ForeignKey(Room, models.PROTECT)
    slot = models.ForeignKey(Slot, models.PROTECT)
    reason = models.CharField(max_length=200)
    by = models.CharField(max_length=32)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "slot"], name="one_closure_a_cell")]


class Contest(models.Model):
    """A contest; `id` is `event/number`, and `settled` what a late ballot meets."""

    id = models.CharField(primary_key=True, max_length=64)
    event = models.ForeignKey(Event, models.PROTECT)
    number = models.PositiveBigIntegerField()
    facts = models.JSONField()
    settled = models.DateTimeField(null=True)


class Ballot(models.Model):
    """One device's voice in a contest: the cards it approves of. The link to the device goes a day after the close."""

    contest = models.ForeignKey(Contest, models.PROTECT)
    hand = models.CharField(max_length=32, null=True)
    cards = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contest", "hand"], name="one_ballot_a_device")]


class Report(models.Model):
    """What a device told of a card: that it breaks the rules, or that nobody is there. Only those of people who showed
    that they are at the event are counted (`present`)."""

    card = models.ForeignKey(Card, models.PROTECT)
    hand = models.CharField(max_length=32)
    what = models.CharField(max_length=16)
    reason = models.CharField(max_length=200)
    present = models.BooleanField()
    at = models.DateTimeField()
    answered = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "hand", "what"], name="one_report_a_device")]


class Star(models.Model):
    """A device whose owner would come to a card's session."""

    card = models.ForeignKey(Card, models.PROTECT)
    hand = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "hand"], name="one_star_a_device")]
        indexes = [models.Index(fields=["hand"], name="stars_of_a_device")]


class Offer(models.Model):
    """Somebody offered to host a card together with its host, or an idea with whoever takes it up."""

    card = models.ForeignKey(Card, models.PROTECT)
    hand = models.CharField(max_length=32)
    name = models.CharField(max_length=80)
    handle = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "hand"], name="one_offer_a_device")]


class Change(models.Model):
    """A line of an event's log, appended and never touched again."""

    event = models.ForeignKey(Event, models.PROTECT)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=32)
    card = models.CharField(max_length=6)
    cells = models.JSONField()
    before = models.JSONField()
    after = models.JSONField()
    by = models.CharField(max_length=32)
    step = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="one_change_a_number")]


class Outcome(models.Model):
    """What a move came to, under the key that its asker gave: asked again, the answer is the same.

    `asked` is a digest of the move, so that one key never answers two questions.
    """

    event = models.ForeignKey(Event, models.PROTECT)
    key = models.CharField(max_length=128)
    asked = models.CharField(max_length=64)
    number = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()
    refusal = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="one_outcome_a_key")]
