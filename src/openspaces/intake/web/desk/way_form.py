"""The form of a way out, from the fields that its outlet names: drawn, read, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from openspaces.delivery.contract import Field, Push
from openspaces.intake.web.visiting import Visit
from openspaces.lib.plaintext import one_line, paragraphs

NAME_LENGTH = 80
LONGEST = 20_000
"""Letters of one field; a service account's key has 2,400."""


@dataclass(frozen=True)
class Drawn:
    """A field as the template draws it. A secret never has a value."""

    name: str
    label: str
    kind: str
    value: str = ""
    hint: str = ""
    error: str = ""
    limit: int = 0
    needed: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Typed:
    """What was typed: the name, the settings, whether somebody approves; and what is wrong, by field."""

    name: str
    settings: Mapping[str, str]
    asks: bool
    errors: Mapping[str, str]


def typed_in(visit: Visit, push: Push, kept: Mapping[str, str]) -> Typed:
    """Read the form. `kept` are the settings so far, whose secrets stand where none is typed."""
    name = one_line(visit.typed("name"))
    settings = {field.name: _cleaned(field, visit.typed(f"set-{field.name}")) for field in push.fields}
    meant = {**settings, **{field.name: kept.get(field.name, "") for field in _left(push, settings)}}
    errors = {field.name: wrong for field in push.fields if (wrong := _wrong(field, meant[field.name]))}
    if not errors:
        errors = {field: str(says) for field, says in push.check(meant).items()}
    if len(name) > NAME_LENGTH:
        errors["name"] = _too_long(NAME_LENGTH)
    return Typed(name or str(push.title), settings, bool(visit.typed("asks")), errors)


def fields(push: Push, values: Mapping[str, str], kept: Mapping[str, str], errors: Mapping[str, str]) -> list[Drawn]:
    """The fields with what stands in them; of secrets only whether one is kept."""
    return [_drawn(field, values, kept, errors.get(field.name, "")) for field in push.fields]


def usual(push: Push) -> dict[str, str]:
    """What stands in the fields at first."""
    return {field.name: field.usual for field in push.fields}


def _cleaned(field: Field, typed: str) -> str:
    """What was typed as every form has it; of a secret each letter may count, but for one that no database keeps."""
    if field.kind == "secret":
        return typed.replace("\x00", "").strip()
    return paragraphs(typed) if field.kind == "lines" else one_line(typed)


def _left(push: Push, settings: Mapping[str, str]) -> list[Field]:
    return [field for field in push.fields if field.kind == "secret" and not settings[field.name]]


def _wrong(field: Field, value: str) -> str:
    if field.needed and not value:
        return _("This is needed.")
    if len(value) > LONGEST:
        return _too_long(LONGEST)
    if field.kind == "choice" and value and value not in dict(field.choices):
        return _("Choose one of these.")
    return ""


def _too_long(limit: int) -> str:
    return _("This is too long: %(limit)d letters at most.") % {"limit": limit}


def _drawn(field: Field, values: Mapping[str, str], kept: Mapping[str, str], error: str) -> Drawn:
    secret = field.kind == "secret"
    stays = _("There is one; type another to change it.") if secret and kept.get(field.name) else ""
    return Drawn(
        name=f"set-{field.name}",
        label=str(field.label),
        kind=field.kind,
        value="" if secret else values.get(field.name, ""),
        hint=" ".join(part for part in (str(field.help), stays) if part),
        error=error,
        needed=field.needed,
        choices=tuple((value, str(says)) for value, says in field.choices),
    )
