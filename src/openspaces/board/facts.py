"""A Board's values as the log's plain facts, and back."""

from datetime import date, datetime
from typing import Any

from openspaces.board.card import Card
from openspaces.board.contest import Contest
from openspaces.board.state import (
    Announcement,
    AskedDeal,
    Caution,
    Claim,
    Day,
    Freeze,
    Notice,
    Pitch,
    Placement,
    Policy,
    Programme,
    Room,
    Slot,
    Talk,
    Wished,
)
from openspaces.board.vocabulary import Cause, Cell, Competing, Deal, Facts, Method, Placing, Tie


def policy_facts(policy: Policy) -> dict[str, Any]:
    """A policy as plain facts."""
    return {name: getattr(policy, name) for name in Policy.__dataclass_fields__}


def policy_from(facts: Facts) -> Policy:
    """The policy that plain facts describe."""
    words = {"placing": Placing, "competing": Competing, "contest_method": Method, "contest_tie": Tie}
    return Policy(**{**facts, **{name: word(facts[name]) for name, word in words.items() if name in facts}})


def room_facts(room: Room) -> dict[str, Any]:
    """A room as plain facts."""
    return {
        "key": room.key,
        "name": room.name,
        "capacity": room.capacity,
        "kit": list(room.kit),
        "elsewhere": room.elsewhere,
    }


def room_from(facts: Facts) -> Room:
    """The room that plain facts describe."""
    return Room(facts["key"], facts["name"], facts["capacity"], tuple(facts["kit"]), facts["elsewhere"])


def day_facts(day: Day) -> dict[str, Any]:
    """A day as plain facts, times in ISO 8601."""
    return {
        "date": day.date.isoformat(),
        "opens": day.opens and day.opens.isoformat(),
        "closes": day.closes and day.closes.isoformat(),
        "rooms": list(day.rooms),
        "slots": [[slot.key, slot.starts.isoformat(), slot.ends.isoformat()] for slot in day.slots],
    }


def day_from(facts: Facts) -> Day:
    """The day that plain facts describe."""
    on = date.fromisoformat(facts["date"])
    return Day(
        date=on,
        slots=tuple(Slot(key, on, _moment(starts), _moment(ends)) for key, starts, ends in facts["slots"]),
        rooms=tuple(facts["rooms"]),
        opens=_moment(facts["opens"]) if facts["opens"] else None,
        closes=_moment(facts["closes"]) if facts["closes"] else None,
    )


def placement_facts(placement: Placement | None) -> dict[str, Any]:
    """A placement as plain facts; none is empty."""
    if placement is None:
        return {}
    return {"cells": [str(cell) for cell in placement.cells], "where": placement.where}


def placement_from(facts: Facts) -> Placement | None:
    """The placement that plain facts describe, or None."""
    if not facts.get("cells"):
        return None
    return Placement(tuple(Cell.parse(cell) for cell in facts["cells"]), facts["where"])


def claim_facts(claim: Claim | None) -> dict[str, Any]:
    """A claim as plain facts; none is empty."""
    if claim is None:
        return {}
    return {**placement_facts(claim.placement), "number": claim.number, "at": claim.at.isoformat()}


def claim_from(facts: Facts) -> Claim | None:
    """The claim that plain facts describe, or None."""
    placement = placement_from(facts)
    return Claim(placement, facts["number"], _moment(facts["at"])) if placement else None


def notice_facts(notice: Notice | None) -> dict[str, Any]:
    """A notice as plain facts; none is empty."""
    if notice is None:
        return {}
    offered = [str(cell) for cell in notice.offered]
    said = {"cause": notice.cause.value, "reason": notice.reason, "offered": offered, "at": notice.at.isoformat()}
    return {**placement_facts(notice.lost), **said}


def notice_from(facts: Facts) -> Notice | None:
    """The notice that plain facts describe, or None."""
    lost = placement_from(facts)
    offered = tuple(Cell.parse(cell) for cell in facts.get("offered", ()))
    return Notice(Cause(facts["cause"]), lost, facts["reason"], _moment(facts["at"]), offered) if lost else None


def deal_facts(deal: AskedDeal | None) -> dict[str, Any]:
    """What one host asks of another as plain facts; nothing is empty."""
    if deal is None:
        return {}
    said = {"title": deal.title, "text": deal.text}
    return {"kind": deal.kind.value, "other": deal.other, "at": deal.at.isoformat(), **said}


def deal_from(facts: Facts) -> AskedDeal | None:
    """What plain facts say that one host asks of another, or None."""
    if not facts.get("kind"):
        return None
    return AskedDeal(Deal(facts["kind"]), facts["other"], _moment(facts["at"]), facts["title"], facts["text"])


def wished_facts(wished: Wished | None) -> dict[str, Any]:
    """What was understood of a wish as plain facts; nothing is empty."""
    if wished is None:
        return {}
    return {"day": wished.day and wished.day.isoformat(), "slots": list(wished.slots), "room": wished.room}


def wished_from(facts: Facts) -> Wished | None:
    """What plain facts say that was understood of a wish, or None."""
    if not facts:
        return None
    return Wished(date.fromisoformat(facts["day"]) if facts["day"] else None, tuple(facts["slots"]), facts["room"])


def programme_facts(programme: Programme) -> list[dict[str, Any]]:
    """The talks of a programme as plain facts."""
    return [_talk_facts(talk) for talk in programme.talks]


def programme_from(facts: list[dict[str, Any]], version: int) -> Programme:
    """The programme that plain facts describe."""
    times = ("starts", "ends")
    talks = ({**talk, **{name: _moment(talk[name]) for name in times}} for talk in facts)
    return Programme(tuple(Talk(**{**talk, "speakers": tuple(talk["speakers"])}) for talk in talks), version)


def _talk_facts(talk: Talk) -> dict[str, Any]:
    plain = {name: getattr(talk, name) for name in Talk.__dataclass_fields__}
    return {**plain, "starts": talk.starts.isoformat(), "ends": talk.ends.isoformat(), "speakers": list(talk.speakers)}


def waiting_facts(card: Card, *names: str) -> dict[str, Any]:
    """What a card asks for, is told and wishes, as plain facts: what there is of `claim`, `notice` and `wish`, or of
    those that are named."""
    facts = {"claim": claim_facts(card.claim), "notice": notice_facts(card.notice), "deal": deal_facts(card.deal)}
    return {name: facts[name] for name in names or facts if facts[name]}


def waiting_from(facts: Facts) -> dict[str, Any]:
    """Those of the three fields of a card that plain facts name."""
    readers = {"claim": claim_from, "notice": notice_from, "deal": deal_from}
    return {name: read(facts[name]) for name, read in readers.items() if name in facts}


def contest_facts(contest: Contest) -> dict[str, Any]:
    """A contest as plain facts. Its seal is among them, so they are the log's and the tables' alone."""
    plain = {name: getattr(contest, name) for name in Contest.__dataclass_fields__}
    return {
        **plain,
        "cells": [str(cell) for cell in contest.cells],
        "cards": list(contest.cards),
        "drawn": list(contest.drawn),
        "tally": dict(contest.tally),
        **{name: _told(plain[name]) for name in ("closes", "opened", "settled")},
    }


def contest_from(facts: Facts) -> Contest:
    """The contest that plain facts describe."""
    return Contest(
        **{
            **facts,
            "cells": tuple(Cell.parse(cell) for cell in facts["cells"]),
            "cards": tuple(facts["cards"]),
            "drawn": tuple(facts["drawn"]),
            "method": Method(facts["method"]),
            "tie": Tie(facts["tie"]),
            **{name: facts[name] and _moment(facts[name]) for name in ("closes", "opened", "settled")},
        }
    )


def freeze_facts(freeze: Freeze | None) -> dict[str, Any]:
    """A freeze as plain facts; none is empty."""
    return {"reason": freeze.reason, "by": freeze.by, "at": freeze.at.isoformat()} if freeze else {}


def freeze_from(facts: Facts) -> Freeze | None:
    """The freeze that plain facts describe, or None."""
    return Freeze(facts["reason"], facts["by"], _moment(facts["at"])) if facts else None


def announcement_facts(said: Announcement) -> dict[str, Any]:
    """An announcement as plain facts."""
    return {"number": said.number, "text": said.text, "at": said.at.isoformat(), "until": said.until.isoformat()}


def announcement_from(facts: Facts) -> Announcement:
    """The announcement that plain facts describe."""
    return Announcement(facts["number"], facts["text"], _moment(facts["at"]), _moment(facts["until"]))


def caution_facts(caution: Caution) -> dict[str, Any]:
    """A caution as plain facts."""
    return {"slow": caution.slow, "hold": caution.hold}


def caution_from(facts: Facts) -> Caution:
    """The caution that plain facts describe."""
    return Caution(facts["slow"], facts["hold"])


def pitch_facts(pitch: Pitch | None) -> dict[str, Any]:
    """A pitch as plain facts; none is empty."""
    return {"queue": list(pitch.queue), "seconds": pitch.seconds, "ends": _told(pitch.ends)} if pitch else {}


def pitch_from(facts: Facts) -> Pitch | None:
    """The pitch that plain facts describe, or None."""
    if not facts.get("queue"):
        return None
    return Pitch(tuple(facts["queue"]), facts["seconds"], moment_from(facts["ends"]))


def moment_from(text: str | None) -> datetime | None:
    """The moment that is written in ISO 8601, or None."""
    return _moment(text) if text else None


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
