"""What the scripts say: they hold no words of their own, pages hand them over."""

from django.utils.translation import gettext as _


def script_says() -> dict[str, str]:
    """The scripts' words in the language that is active; `{time}` and the like are filled in by the script."""
    return {
        "now": _("Now"),
        "stale": _("Last seen {time}, trying again"),
        "stale_minutes": _("Last seen {time}, {minutes} min ago, trying again"),
        "found": _("{count} found"),
        "left": _("{minutes} min left"),
        "left_seconds": _("{seconds} s left"),
        "closing": _("closing"),
        "zone": _("All times are in {zone}."),
        "mine": _("Yours"),
        "heard": _("News for you"),
        "read": _("I have read it"),
        "soon": _("{title} starts at {time}: {room}"),
        "edit": _("Edit"),
        "desk": _("At the desk"),
        "move": _("Move to…"),
        "move_title": _("Move “{title}” to"),
        "move_here": _("Move it there"),
        "day": _("Day"),
        "wait": _("One moment"),
        "none_free": _("Nothing is free on this day."),
        "cancel": _("Leave it where it is"),
        "anyway": _("Move it anyway"),
        "refused": _("It stays where it was"),
        "free_instead": _("Free instead:"),
        "offline": _("This did not reach the board. Please try again."),
        "where": _("Where is it? People must find it."),
        "moved": _("Moved: {cell}"),
    }
