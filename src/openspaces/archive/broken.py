"""What is no copy of a board, or a damaged one."""

from pathlib import Path

from django.utils.translation import gettext as _

Migration = tuple[str, str]
"""The app and the name of a step that its tables have been through."""


class Broken(Exception):
    """It cannot be put back; the text says in one sentence what to do."""


def no_backup(file: Path, trouble: object) -> Broken:
    """It is something else."""
    says = _("%(file)s is no backup of a board (%(trouble)s): name a file that openspaces backup wrote.")
    return Broken(says % {"file": file, "trouble": trouble})


def damaged(file: Path) -> Broken:
    """It was a copy once."""
    return Broken(_("%(file)s is damaged: restore an older backup.") % {"file": file})
