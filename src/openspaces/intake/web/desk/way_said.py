"""What was just done about a way out, said on the page after it."""

from django.utils.translation import gettext as _


def did_says(did: str) -> str:
    """The sentence for what stands in an address; "" for anything else."""
    return {
        "made": _("It is set up. What happens from now on is told there. Try it out."),
        "renewed": _("From now on everything is signed with the new secret; for one day with the old one too."),
        "changed": _("Changed."),
        "stopped": _("Stopped. Nothing is told there any more."),
        "resumed": _("It goes on. What happened meanwhile is not told."),
        "removed": _("Removed, with all that was kept of it."),
        "again": _("It is sent once more."),
        "approved": _("Approved."),
        "dropped": _("It is not sent."),
        "late": _("Somebody else was faster. Look again."),
    }.get(did, "")
