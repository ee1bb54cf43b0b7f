"""What every service is asked at set-up."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openspaces.delivery.contract import Field, Text
from openspaces.outlets.social.telling import MINUTES

LONGEST = 120
COMMON = (
    Field(
        "minutes",
        gettext_lazy("Minutes before a slot"),
        help=gettext_lazy(
            "So long before each slot one post says what begins then. What was written in the last three minutes comes "
            "into it later."
        ),
        usual=str(MINUTES),
    ),
    Field(
        "news",
        gettext_lazy("Announcements and closed rooms too"),
        "flag",
        needed=False,
        usual="on",
    ),
)


def common_check(settings: Mapping[str, str]) -> Mapping[str, Text]:
    """Whether the minutes are a number that makes sense."""
    typed = settings.get("minutes", "")
    if typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= LONGEST:
        return {}
    return {"minutes": _("Write a number from 1 to %(most)d.") % {"most": LONGEST}}
