"""Everything that the doctor looks at, in order."""

from collections.abc import Callable, Iterator

from openspaces.doctor import configured, database, kept, letters, machine, mail, outside, ways
from openspaces.doctor.finding import Finding, wrong
from openspaces.lib import discreet

Look = Callable[[], Iterator[Finding]]

LOOKS: tuple[tuple[str, Look], ...] = (
    ("settings", configured.look_at_settings),
    ("data", kept.look_at_files),
    ("database", database.look_at_database),
    ("clock", machine.look_at_clock),
    ("time zones", machine.look_at_zones),
    ("open files", machine.look_at_open_files),
    ("fonts", letters.look_at_fonts),
    ("mail out", mail.look_at_mail_out),
    ("mail in", mail.look_at_mail_in),
    ("worker", ways.look_at_worker),
    ("ways out", ways.look_at_ways),
    ("address", outside.look_at_address),
)


def examine(send_to: str = "") -> Iterator[Finding]:
    """Everything, one after the other; `send_to` gets a letter. Whatever breaks a look is a finding itself."""
    for about, looks in LOOKS:
        yield from _looked(about, looks)
    if send_to:
        yield from _looked("mail out", lambda: mail.send_one(send_to))


def _looked(about: str, looks: Look) -> Iterator[Finding]:
    try:
        yield from looks()
    except Exception as trouble:
        yield wrong(about, f"This could not be looked at ({discreet.trouble(trouble)}): see the lines above.")
