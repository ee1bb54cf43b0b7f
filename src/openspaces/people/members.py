"""Everyone with a role at an event by their e-mail address: invited, changed, removed."""

from openspaces.people.accounts import same_address
from openspaces.people.models import Membership, RoleGiven
from openspaces.people.who import Role


def invite(event: str, typed: str, role: Role, *, by: str) -> Membership:
    """Whoever signs in with that e-mail address has the role at the event from now on, in place of the one before."""
    kept = {"role": role, "by": by}
    return Membership.objects.update_or_create(event=event, email=same_address(typed), defaults=kept)[0]


def change_role(event: str, member: int, role: Role) -> bool:
    """Another role for a member; whether the event has that member."""
    return Membership.objects.filter(event=event, pk=member).update(role=role) > 0


def remove(event: str, member: int) -> bool:
    """No role any more; whether the event had that member."""
    return Membership.objects.filter(event=event, pk=member).delete()[0] > 0


def remove_device(event: str, device: int) -> bool:
    """A device loses its role; whether it had one at the event."""
    return RoleGiven.objects.filter(event=event, pk=device).delete()[0] > 0


def members_to_write(event: str) -> list[int]:
    """Those who keep the board, by their rows: organisers and facilitators who were invited by their address."""
    there = Membership.objects.filter(event=event, role__in=(Role.ORGANISER, Role.FACILITATOR))
    return list(there.order_by("pk").values_list("pk", flat=True))


def address_of_member(event: str, member: int) -> str:
    """A member's address; "" if the event has no such member any more."""
    there = Membership.objects.filter(event=event, pk=member)
    return there.values_list("email", flat=True).first() or ""


def maker(event: str, hand: str, account: int | None) -> str:
    """How a row says who made it: the account that is signed in, else the token that the device had its role from. An
    address never stands there, so that forgetting it leaves nothing."""
    if account:
        return f"account:{account}"
    given = RoleGiven.objects.filter(event=event, hand=hand).select_related("token").first()
    return f"{given.token.purpose}:{given.token.serial}" if given and given.token else ""
