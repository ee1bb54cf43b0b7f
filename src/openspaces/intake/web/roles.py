"""Roles in words."""

from django.utils.translation import gettext as _

from openspaces.people.who import Role


def role_says(role: Role) -> str:
    """What a device may do, as its holder reads it."""
    return {
        Role.ORGANISER: _("You are organiser here"),
        Role.FACILITATOR: _("You are facilitator here"),
        Role.HELPER: _("You are helper here"),
    }[role]


def role_name(role: Role) -> str:
    """A role in a list."""
    return {
        Role.ORGANISER: _("Organiser"),
        Role.FACILITATOR: _("Facilitator"),
        Role.HELPER: _("Helper"),
    }[role]


def role_choices() -> list[tuple[str, str]]:
    """Every role to choose from, each with what it may do; the one most wanted first."""
    return [
        (Role.FACILITATOR.value, _("Facilitator: keeps the board")),
        (Role.HELPER.value, _("Helper: types in cards, looks after rooms")),
        (Role.ORGANISER.value, _("Organiser: may do everything, this page too")),
    ]


def role_typed(typed: str) -> Role | None:
    """The role that a form names."""
    return Role(typed) if typed in list(Role) else None
