"""A request to a service outside, for push outlets: whatever hinders it becomes a trouble in words."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _

from openspaces.delivery.contract import Later, Unreachable
from openspaces.lib.addresses import is_public
from openspaces.lib.connecting import Allowed
from openspaces.lib.fetching import CannotFetch, Why
from openspaces.lib.sending import LARGEST, Answer, request

WAIT = 60
"""Seconds, where a server is asked too often and does not say how long to wait."""
LONGEST = 6 * 3600
"""Seconds that a server may make us wait."""


def may_go(address: str) -> bool:
    """Whether something may be sent to a network address that an organiser's words lead to."""
    return is_public(address, settings.SEND_TO)


def call(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    allowed: Allowed = may_go,
) -> Answer:
    """Send something and read what is answered: any status but those that mean "later", which raise Later (429, and 503
    that says when) or Unreachable (other 5xx), as does a server that cannot be reached."""
    answer = reach(method, url, headers=headers, body=body, allowed=allowed)
    if later := too_often(answer):
        raise later
    if answer.status >= 500:
        raise Unreachable(_("It answers with status %(status)d: something is wrong there.") % {"status": answer.status})
    return answer


def reach(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    largest: int = LARGEST,
    allowed: Allowed = may_go,
) -> Answer:
    """The same for whoever reads every status; raises Unreachable where there is no answer."""
    try:
        return request(method, url, headers=headers, body=body, allowed=allowed, largest=largest)
    except CannotFetch as trouble:
        raise Unreachable(_says(trouble)) from None


def too_often(answer: Answer) -> Later | None:
    """Whether the server wants to be asked again later, and when."""
    if answer.status != 429 and not (answer.status == 503 and answer.wait >= 0):
        return None
    wait = min(answer.wait if answer.wait >= 0 else WAIT, LONGEST)
    return Later(_("It was asked too often (status %(status)d).") % {"status": answer.status}, wait)


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
