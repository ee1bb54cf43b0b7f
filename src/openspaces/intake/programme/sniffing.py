"""Which format a document has is seen from its first letters; its name and what a server says of it do not count."""

import re
from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from openspaces.intake.programme.frab import read_frab
from openspaces.intake.programme.ics import read_ics
from openspaces.intake.programme.nodes import Node, parsed
from openspaces.intake.programme.programme import Damaged, Programme
from openspaces.intake.programme.schedule_json import read_schedule_json

BEGINNING = 2_000
_PROGRAMME = re.compile(r"<(?:\?xml|!|schedule|html)|[{\[]\s*(?:[\[{\"}\]]|$)|BEGIN:V", re.IGNORECASE)
_PAGE = re.compile(r"<!doctype html|<html[\s>]", re.IGNORECASE)


def is_programme(raw: bytes) -> bool:
    """Whether a document looks like a programme in some format, whole or damaged."""
    return bool(_PROGRAMME.match(_begins(raw)))


def read_programme(raw: bytes, zone: ZoneInfo, language: str = "en", days: Iterable[date] = ()) -> Programme:
    """The programme in a document. `zone` is that of times which say none, `language` the one that is wanted of texts
    in several, `days` those of the event. Raises Damaged."""
    begins = _begins(raw)
    if _PAGE.match(begins):
        raise Damaged(
            "",
            _(
                "this is a web page, not a programme. Give the address of a schedule.json, a schedule.xml or an .ics; "
                "of a pretalx site https://SITE/api/events/EVENT/."
            ),
        )
    if begins.startswith("<"):
        return read_frab(raw, zone)
    if begins.upper().startswith("BEGIN:V"):
        return read_ics(raw, zone, days)
    if begins.startswith(("{", "[")):
        return _read_json(Node(parsed(raw), language=language), zone)
    raise Damaged(
        "", _("no programme is known in this form. Known are pretalx, schedule.json, frab's schedule.xml and .ics.")
    )


def _read_json(document: Node, zone: ZoneInfo) -> Programme:
    if isinstance(document.value, dict) and "schedule" in document.value:
        return read_schedule_json(document, zone)
    if isinstance(document.value, dict) and "results" in document.value:
        raise Damaged(
            "", _("this is one page of an answer of pretalx. Give its address, so that the other pages are read too.")
        )
    raise Damaged("", _("this JSON is no schedule.json: it has no “schedule”."))


def _begins(raw: bytes) -> str:
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return raw[:BEGINNING].decode(encoding, errors="ignore").lstrip().lstrip("\ufeff")
