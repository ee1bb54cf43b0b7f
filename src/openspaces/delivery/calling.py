"""A request to a service outside, for push outlets: whatever hinders it becomes a trouble in words."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from openspaces.delivery.contract import Later, Unreachable
from openspaces.lib.addresses import is_public
from openspaces.lib.fetching import CannotFetch, Why
from openspaces.lib.sending import LARGEST, WHOLE, Answer, request

WAIT = 60
"""Seconds, where a server is asked too often and does not say how long to wait."""
LONGEST = 6 * 3600
"""Seconds that a server may make us wait."""


def call(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout: float = WHOLE,
    largest: int = LARGEST,
) -> Answer:
    """Send something and read what is answered: any status but those that say "later", which raise Later (429, and 503
    that says when) or Unreachable (5xx), as a server does that cannot be reached."""
    try:
        answer = request(method, url, headers=headers, body=body, allowed=may_go, timeout=timeout, largest=largest)
    except CannotFetch as trouble:
        raise Unreachable(_says(trouble)) from None
    if answer.status == 429 or (answer.status == 503 and answer.wait >= 0):
        wait = min(answer.wait if answer.wait >= 0 else WAIT, LONGEST)
        raise Later(_("It was asked too often (status %(status)d).") % {"status": answer.status}, wait)
    if answer.status >= 500:
        raise Unreachable(_("It answers with status %(status)d: something is wrong there.") % {"status": answer.status})
    return answer


def may_go(address: str) -> bool:
    """Whether something may be sent to a network address that an organiser's words lead to."""
    return is_public(address, settings.SEND_TO)


def _says(trouble: CannotFetch) -> str:
    words = {
        Why.ADDRESS: _("This is no address: write one that begins with https://."),
        Why.INWARD: _(
            "%(url)s leads into a private network, to which nothing is sent. If it is yours, name the network in "
            "OPENSPACES_SEND_TO."
        ),
        Why.SILENT: _("%(url)s does not answer within five seconds."),
    }
    usual = _("%(url)s cannot be reached (%(detail)s): look at the address.")
    return words.get(trouble.why, usual) % {"url": trouble.url, "detail": trouble.detail}
