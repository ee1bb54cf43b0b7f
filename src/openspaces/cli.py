"""The program `openspaces`: what is typed, and which command of `commands.py` it is."""

import gettext
import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

from openspaces import commands
from openspaces.starting import HOST, PORT, Stop, database_trouble, environment

_ = gettext.translation("terminal", Path(__file__).parent / "locale", fallback=True).gettext


def main(typed: list[str] | None = None) -> int:
    """Do what was typed. Answers the exit status: 0, or 1 after saying what to do."""
    try:
        asked = _parser().parse_args(typed)
        environment(getattr(asked, "data", None))
        asked.command(asked)
        sys.stdout.flush()
    except Stop as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 0
    except Exception as trouble:
        if not (says := database_trouble(trouble)):
            raise
        print(says, file=sys.stderr)
        return 1
    return 0


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Stop(_("%(message)s: see %(program)s --help.") % {"message": message, "program": self.prog})


def _parser() -> ArgumentParser:
    anywhere = ArgumentParser(add_help=False)
    place = _("the directory of everything that is kept (default: OPENSPACES_DATA, else ./data)")
    anywhere.add_argument("--data", metavar="DIR", default=SUPPRESS, help=place)
    parser: ArgumentParser = _Parser(
        prog="openspaces", description=_("A live board for Open Spaces."), parents=[anywhere]
    )
    offered = parser.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)

    def command(does: Callable[[Namespace], None], helps: str) -> ArgumentParser:
        made = offered.add_parser(does.__name__.rstrip("_"), help=helps, description=helps, parents=[anywhere])
        made.set_defaults(command=does)
        return made

    one = command(commands.run, _("serve everything from one process"))
    one.add_argument("--demo", action="store_true", help=_("with three events to play with"))
    one.add_argument("--host", default=HOST, help=_("0.0.0.0 lets other machines in (default: %(default)s)"))
    one.add_argument("--port", type=int, default=PORT, help=_("(default: %(default)s)"))
    one.add_argument("--smtp", type=int, metavar="PORT", help=_("take mail there: see docs/mail.md"))
    one.add_argument("--lmtp", type=int, metavar="PORT", help=_("the same from a mail server on this machine"))
    one.add_argument("--no-work", action="store_true", help=_("leave telling people outside to openspaces work"))
    command(commands.work, _("tell people outside what happens, and serve nothing: see docs/running.md"))
    one = command(commands.new, _("make an event, or change what differs from its file"))
    one.add_argument("file", type=Path, metavar="FILE.toml")
    one.add_argument("--json", action="store_true", help=_("answer in JSON, for programs"))
    one = command(
        commands.import_, _("bring in a programme (pretalx, schedule.json, schedule.xml, .ics) or cards from a sheet")
    )
    one.add_argument("event", metavar="EVENT")
    one.add_argument("source", metavar="FILE_OR_URL")
    one.add_argument("--dry-run", action="store_true", help=_("show what it would do, and do nothing"))
    one.add_argument("--yes", action="store_true", help=_("do not ask before rooms, days or cards are written"))
    one.add_argument("--place", action="store_true", help=_("put cards on the free cells that their rows name"))
    one.add_argument("--close", action="store_true", help=_("close free cells in which talks are held"))
    one.add_argument("--columns", default="", metavar="title=A,…", help=_("what the columns of a sheet hold"))
    one = command(commands.image, _("write the board as a picture"))
    one.add_argument("event", metavar="EVENT")
    one.add_argument("--day", type=date.fromisoformat, help=_("like 2027-05-08 (default: today)"))
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("ends in .png, .svg or .pdf"))
    _what_is_printed(
        command(commands.print_, _("write a PDF to print: blank cards, signs for the doors, the board, a poster"))
    )
    one = command(commands.check, _("prove that the log and the tables say the same"))
    one.add_argument("event", metavar="EVENT")
    one = command(commands.doctor, _("look at everything that it needs, and say what to do"))
    one.add_argument("--json", action="store_true", help=_("answer in JSON, for programs"))
    one.add_argument("--send-to", metavar="EMAIL", default="", help=_("send a letter there, to see whether it arrives"))
    command(commands.retain, _("erase now what may be kept no longer, as happens by itself once an hour"))
    _who_is_erased(command(commands.erase, _("erase what somebody wrote, who asks for it: see docs/privacy.md")))
    one = command(commands.backup, _("write a copy of the database, also while the board is in use"))
    one.add_argument("file", type=Path, metavar="FILE")
    one = command(commands.restore, _("put a backup in the place of the database"))
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--erasures", type=Path, metavar="FILE", help=_("the copy of erasures.jsonl that is kept apart"))
    one.add_argument("--replace-everything", action="store_true", help=_("even where there are events already"))
    return parser


def _who_is_erased(one: ArgumentParser) -> None:
    one.add_argument("event", metavar="EVENT")
    which = one.add_mutually_exclusive_group(required=True)
    which.add_argument("--card", metavar="CODE", help=_("a card, and how to reach its host"))
    which.add_argument("--email", metavar="ADDRESS", help=_("an address, and the cards that it was left for"))


def _what_is_printed(one: ArgumentParser) -> None:
    one.add_argument("event", metavar="EVENT")
    one.add_argument("what", choices=("cards", "doors", "board", "poster"), help="cards, doors, board, poster")
    one.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    one.add_argument("--paper", help=_("a4, letter or a3; for cards a4, letter, sticky or sticky-letter"))
    one.add_argument("--day", type=date.fromisoformat, help=_("like 2027-05-08 (default: today)"))
    one.add_argument("--room", metavar="KEY", help=_("the sign of this room alone"))
    one.add_argument("--tiles", metavar="2x2", help=_("the board on so many sheets, to put together"))
    one.add_argument("-n", type=int, metavar="N", help=_("how many cards"))
    one.add_argument("--from", type=int, metavar="N", help=_("the number of the first card"))
    one.add_argument("--short", action="store_const", const="yes", help=_("the poster with the short address /os"))
