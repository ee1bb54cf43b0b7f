"""What the screen's scripts say: they hold no words of their own, the page hands them over."""

from django.utils.translation import gettext as _


def script_says() -> dict[str, str]:
    """The scripts' words in the language that is active; `{time}` and the like are filled in by the script."""
    return {
        "now": _("Now"),
        "next": _("Next"),
        "after": _("After that"),
        "opens": _("Opens at {time}"),
        "starts": _("Starts on {day}, {time}"),
        "tomorrow": _("See you tomorrow at {time}"),
        "later": _("See you on {day}, {time}"),
        "thanks": _("Thank you for coming!"),
        "free": _("Free now and next"),
        "empty": _("Every room is free. Scan the code, and put a card up!"),
        "left": _("{time} left"),
        "minutes": _("{count} min left"),
        "until": _("until {time}"),
        "closing": _("closing"),
        "stale": _("Last seen {time}"),
    }
