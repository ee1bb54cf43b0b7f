"""What is personal in the tables, of which sort, and how long it may be kept: every field that holds words is declared.

A new field of text stands here, under `PERSONAL` or under `PLAIN`, or a test fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

AFTER_EVENT = timedelta(days=14)
"""How long after an event what is kept for it may stay; what is left later than that, as long after it was left."""


class Sort(StrEnum):
    """What something tells about a person."""

    CONTACT = "how to reach somebody"
    NAME = "what somebody is called"
    WORDS = "what somebody wrote"
    DEVICE = "a device, under a name that no other event and nobody outside can tell"
    SIGN_IN = "how somebody signs in"


class Kept(StrEnum):
    """How long at most."""

    EVENT = "14 days after the event"
    """`AFTER_EVENT`; the keeper erases it (`intake.forgetting`)."""
    LOG = "as long as the event's log, which it keeps in order"
    SESSION = "60 days after the last sign-in at that browser, 15 minutes where nobody signed in"
    OWNER = "until its owner forgets the account; an hour where the code was never typed"
    PRESENCE = "16 hours"
    REVOKED = "as long as the event's log, for who did what; revoked, it opens nothing"
    BALLOT = "24 hours after the contest is settled"
    NOTHING = "never written: no part of the program fills it"


@dataclass(frozen=True)
class Personal:
    """One personal field."""

    sort: Sort
    kept: Kept


_HAND = Personal(Sort.DEVICE, Kept.LOG)

PERSONAL: Mapping[str, Mapping[str, Personal]] = {
    "people.account": {
        "email": Personal(Sort.CONTACT, Kept.OWNER),
        "password": Personal(Sort.SIGN_IN, Kept.OWNER),
    },
    "people.membership": {"email": Personal(Sort.CONTACT, Kept.EVENT), "by": _HAND},
    "people.session": {
        "session_key": Personal(Sort.SIGN_IN, Kept.SESSION),
        "session_data": Personal(Sort.SIGN_IN, Kept.SESSION),
    },
    "people.token": {"note": Personal(Sort.NAME, Kept.REVOKED), "by": _HAND},
    "people.holding": {"hand": Personal(Sort.DEVICE, Kept.EVENT)},
    "people.contact": {"email": Personal(Sort.CONTACT, Kept.EVENT)},
    "people.mailstopped": {"address": Personal(Sort.CONTACT, Kept.EVENT)},
    "people.subscription": {
        "hand": Personal(Sort.DEVICE, Kept.EVENT),
        "mark": Personal(Sort.DEVICE, Kept.EVENT),
        "sealed": Personal(Sort.CONTACT, Kept.EVENT),
        "keywords": Personal(Sort.WORDS, Kept.EVENT),
    },
    "people.presence": {"hand": Personal(Sort.DEVICE, Kept.PRESENCE)},
    "people.seat": {"hand": Personal(Sort.DEVICE, Kept.OWNER)},
    "people.erasure": {"name": _HAND},
    "people.rolegiven": {"hand": Personal(Sort.DEVICE, Kept.EVENT)},
    "account.emailaddress": {"email": Personal(Sort.CONTACT, Kept.NOTHING)},
    "mfa.authenticator": {"data": Personal(Sort.SIGN_IN, Kept.OWNER)},
    "board.event": {"contact": Personal(Sort.CONTACT, Kept.LOG)},
    "board.card": {"hand": _HAND, "cohosts": _HAND},
    "board.words": {
        "title": Personal(Sort.WORDS, Kept.LOG),
        "text": Personal(Sort.WORDS, Kept.LOG),
        "host": Personal(Sort.NAME, Kept.EVENT),
        "handle": Personal(Sort.CONTACT, Kept.EVENT),
        "link": Personal(Sort.WORDS, Kept.LOG),
        "wish": Personal(Sort.WORDS, Kept.LOG),
    },
    "board.placement": {"where": Personal(Sort.WORDS, Kept.LOG)},
    "board.closure": {"reason": Personal(Sort.WORDS, Kept.LOG), "by": _HAND},
    "board.ballot": {"hand": Personal(Sort.DEVICE, Kept.BALLOT)},
    "board.report": {"hand": _HAND, "reason": Personal(Sort.WORDS, Kept.LOG)},
    "board.programme": {"talks": Personal(Sort.NAME, Kept.LOG)},  # names that the conference publishes itself
    "board.star": {"hand": Personal(Sort.DEVICE, Kept.EVENT)},
    "board.offer": {
        "hand": Personal(Sort.DEVICE, Kept.EVENT),
        "name": Personal(Sort.NAME, Kept.EVENT),
        "handle": Personal(Sort.CONTACT, Kept.EVENT),
    },
    "board.change": {"by": _HAND},
    "delivery.destination": {"by": _HAND, "stopped_by": _HAND},
    "board.outcome": {"refusal": Personal(Sort.WORDS, Kept.EVENT)},
}
"""Personal fields, by table."""

PLAIN: Mapping[str, str] = {
    "contenttypes.contenttype": "app_label model",
    "auth.permission": "name codename",
    "auth.group": "name",
    "account.emailconfirmation": "key",
    "mfa.authenticator": "type",
    "people.holding": "event card",
    "people.contact": "event card",
    "people.mailstopped": "event",
    "people.subscription": "event service language",
    "people.presence": "event",
    "people.erasure": "event what",
    "people.token": "event purpose role",
    "people.rolegiven": "event role",
    "people.seat": "event",
    "people.membership": "event role",
    "board.event": "slug epoch name timezone venue language hashtags about follows policy desk",
    "board.room": "id key name kit",
    "board.day": "id rooms",
    "board.slot": "id key",
    "board.programme": "id",
    "board.card": "id code was claim notice deal wished standing merged merged_into",
    "board.words": "id",
    "board.contest": "id facts",
    "board.ballot": "cards",
    "board.report": "what",
    "board.change": "kind card cells before after",
    "board.outcome": "key asked",
    "delivery.destination": "event outlet name settings sealed trouble key",
    "delivery.cursor": "event outlet epoch",
    "delivery.delivery": "event outlet recipient subject state receipt trouble",
    "delivery.lease": "name holder",
}
"""Fields of text in which nothing personal stands, by table. Changes carry keys and cells, nobody's words."""
