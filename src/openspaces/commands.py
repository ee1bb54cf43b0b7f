"""What each command of the program does. Heavy imports wait inside, so that help is quick."""

import gc
import gettext
import json
import os
import sys
from argparse import Namespace
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from openspaces import telling
from openspaces.lib import network
from openspaces.starting import (
    Stop,
    base_url,
    prepare_tables,
    remember_address,
    start,
    start_as_it_is,
    start_existing,
    stopped_by_signal,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openspaces.board.moves import Plan
    from openspaces.board.state import Board
    from openspaces.doctor.finding import Finding

_ = gettext.translation("terminal", Path(__file__).parent / "locale", fallback=True).gettext


def run(asked: Namespace) -> None:
    """Serve everything from one process, until interrupted."""
    if trouble := network.cannot_listen(asked.host, asked.port):
        says = _("Cannot listen on %(host)s, port %(port)d (%(trouble)s): choose others with --host and --port.")
        raise Stop(says % {"host": asked.host, "port": asked.port, "trouble": trouble})
    for port in (asked.smtp, asked.lmtp):
        if port is not None and (trouble := network.cannot_listen(asked.host, port)):
            says = _("Cannot listen for mail on %(host)s, port %(port)d (%(trouble)s): choose another port.")
            raise Stop(says % {"host": asked.host, "port": port, "trouble": trouble})
    address = network.address(asked.host, asked.port)
    os.environ["OPENSPACES_URL"] = os.environ.get("OPENSPACES_URL") or address
    start()
    _tell_the_rest()
    prepare_tables()
    remember_address(os.environ["OPENSPACES_URL"])
    told = [*telling.addresses(asked.host, asked.port), *(telling.demo_events() if asked.demo else ())]
    from openspaces.asgi import app
    from openspaces.delivery.worker import Worker
    from openspaces.intake.mail.doors import doors
    from openspaces.server import listen, make_server

    workers = () if asked.no_work else (Worker(),)
    app.alongside(*workers, *doors(asked.host, asked.smtp, asked.lmtp))
    with listen(asked.host, asked.port) as listening:
        print("\n".join(told), flush=True)
        make_server().run(sockets=[listening])


def work(asked: Namespace) -> None:
    """Tell people outside what happens, and serve nothing, until interrupted."""
    os.environ["OPENSPACES_URL"] = base_url()  # links lead to where the board is served, also from here
    start_existing()
    _tell_the_rest()
    from openspaces.board.read import Follower, catch_up
    from openspaces.delivery.known import know
    from openspaces.delivery.worker import Worker
    from openspaces.intake.forgetting import Keeper
    from openspaces.outlets.registry import PUSHES

    know(PUSHES)
    catch_up()
    beside = (Follower(), Worker(), Keeper())
    for each in beside:
        each.start()
    print(_("Working. Whatever happens on the boards is told from here; stop it with Ctrl-C."), flush=True)
    stopped_by_signal()
    for each in reversed(beside):
        each.stop()


def new(asked: Namespace) -> None:
    """Make the event that a file describes, or change what differs."""
    start()
    plan = _plan(asked.file)
    prepare_tables()
    from openspaces.board.moves import FollowPlan
    from openspaces.board.play import play
    from openspaces.people.who import PROGRAM
    from openspaces.wording import says

    outcome = play(plan.event, FollowPlan(plan=plan), by=PROGRAM)
    if outcome.refusal:
        raise Stop(says(outcome.refusal))
    links, kept, changes = telling.staff_links(plan.event), telling.kept_cells(plan), len(outcome.changes)
    if asked.json:
        print(json.dumps({**links, "number": outcome.number, "changes": changes, "kept": kept}))
    else:
        print("\n".join([telling.followed(plan.event, changes), *kept, *telling.links(links)]))


def import_(asked: Namespace) -> None:
    """Bring in a programme, or cards from a sheet."""
    gc.set_threshold(50_000, 20, 100)  # thousands of new cards all stay: looking among them for garbage takes a sixth
    start()
    from openspaces.importing import Wanted, bring_in

    wanted = Wanted(
        asked.event,
        asked.source,
        dry=asked.dry_run,
        place=asked.place,
        close=asked.close,
        columns=asked.columns,
        agrees=lambda question: asked.yes or _agreed(question),
        progress=_progress,
    )
    for line in bring_in(wanted):
        print(line, flush=True)


def image(asked: Namespace) -> None:
    """Write the board as a picture."""
    form = asked.out.suffix.lower()
    if form not in (".png", ".svg", ".pdf"):
        raise Stop(_("A picture's file name ends in .png, .svg or .pdf: give --out such a name."))
    query = {"day": asked.day.isoformat()} if asked.day else {}
    _write(asked, f"/{{event}}/board{form}", query)


def print_(asked: Namespace) -> None:
    """Write a PDF to print: blank cards, signs for the doors, the board, a poster."""
    if asked.out.suffix.lower() != ".pdf":
        raise Stop(_("What is printed is a PDF: give --out a name that ends in .pdf."))
    names = ("day", "room", "paper", "tiles", "n", "from", "short")
    query = {name: str(value) for name in names if (value := getattr(asked, name)) is not None}
    _write(asked, f"/{{event}}/print/{asked.what}.pdf", query)


def check(asked: Namespace) -> None:
    """Fold the log from its beginning and compare it with the tables."""
    start_existing()
    from openspaces.board.audit import differences

    _known(asked.event)
    if found := differences(asked.event):
        print("\n".join(found))
        says = _("The log and the tables of %(event)s differ: keep a copy of the data, then restore a backup.")
        raise Stop(says % {"event": asked.event})
    print(_("%(event)s: the log and the tables agree.") % {"event": asked.event})


def doctor(asked: Namespace) -> None:
    """Look at everything that the program needs, and say what to do."""
    from openspaces.doctor.finding import MARKS, Level

    found = []
    for finding in _findings(asked.send_to):
        found.append(finding)
        if not asked.json:
            print(f"{MARKS[finding.level]} {finding.about}: {finding.says}", flush=True)
    well = all(finding.level is not Level.WRONG for finding in found)
    if asked.json:
        print(json.dumps({"well": well, "findings": [asdict(each) for each in found]}, ensure_ascii=False))
    if not well:
        sys.stdout.flush()
        raise Stop(_("Something is wrong: do what the lines with ✗ say."))


def retain(asked: Namespace) -> None:
    """Erase everything that may be kept no longer, now and not within the hour."""
    start_existing()
    from openspaces.intake.forgetting import forget_now

    erased = forget_now()
    print(_("Erased, for it may be kept no longer: %(number)d rows, cards and files.") % {"number": erased})


def erase(asked: Namespace) -> None:
    """Erase a card and how to reach its host, or everything of an e-mail address."""
    start_existing()
    from openspaces.intake.forgetting import erase as erase_all
    from openspaces.intake.forgetting import of_mailbox, remove_traces
    from openspaces.people.erasures import Erasure, What

    _known(asked.event)
    at = datetime.now(UTC)
    if asked.card and asked.card not in _board(asked.event).cards:
        says = _("There is no card %(card)s at %(event)s: its code stands in the address of its page.")
        raise Stop(says % {"card": asked.card, "event": asked.event})
    cards = [Erasure(asked.event, What.CARD, asked.card, at)] if asked.card else []
    erased = erase_all([*cards, *(of_mailbox(asked.event, asked.email, at) if asked.email else ())])
    remove_traces()
    print(
        _("Erased: %(number)d rows and cards. A backup that is restored brings none of it back.") % {"number": erased}
    )


def backup(asked: Namespace) -> None:
    """Write a copy of the database, also while the board is in use."""
    start_existing()
    from openspaces import archive
    from openspaces.settings import DATA

    archive.backup(asked.file)
    says = _(
        "Written to %(file)s. Keep a copy of %(secret)s apart from it: without that, no edit link and no token works."
    )
    print(says % {"file": asked.file, "secret": DATA / "secret"})


def restore(asked: Namespace) -> None:
    """Put a backup in the place of the database."""
    start()
    from openspaces import archive
    from openspaces.people.erasures import read_list

    if asked.erasures:
        try:
            read_list(asked.erasures)
        except (OSError, ValueError) as trouble:
            says = _("%(file)s is no list of erasures (%(trouble)s): name a copy of erasures.jsonl.")
            raise Stop(says % {"file": asked.erasures, "trouble": trouble}) from None
    kept = archive.restore(asked.file, replace_everything=asked.replace_everything)
    print(_("Restored from %(file)s.") % {"file": asked.file})
    if kept:
        print(_("What was there before is kept in %(kept)s.") % {"kept": kept})


# What they need


def _findings(send_to: str) -> "Iterator[Finding]":
    """What the doctor finds; where the program cannot even begin, that."""
    from openspaces.doctor.finding import wrong

    try:
        start_as_it_is()
    except Stop as trouble:
        yield wrong("start", str(trouble))
        return
    from openspaces.delivery.known import know
    from openspaces.doctor.looks import examine
    from openspaces.outlets.registry import PUSHES

    know(PUSHES)
    yield from examine(send_to)


def _tell_the_rest() -> None:
    """Whatever breaks from here on is told in the log, in its words."""
    from openspaces.lib.logs import tell_the_rest

    tell_the_rest()


def _plan(file: Path) -> "Plan":
    from openspaces.intake.file import WrongFile, read_file

    try:
        return read_file(file)
    except WrongFile as trouble:
        raise Stop(str(trouble)) from None
    except OSError as trouble:
        says = _("Cannot read %(file)s (%(trouble)s): name an event file.")
        raise Stop(says % {"file": file, "trouble": trouble.strerror}) from None


def _board(event: str) -> "Board":
    from openspaces.board.read import board_now

    _known(event)
    board = board_now(event)
    assert board is not None
    return board


def _known(event: str) -> None:
    from openspaces.board.read import events

    known = events()
    if event not in known:
        says = _("There is no event %(event)s (there are: %(known)s): name one, or make it with openspaces new.")
        raise Stop(says % {"event": event, "known": ", ".join(known) or _("none")})


def _write(asked: Namespace, path: str, query: dict[str, str]) -> None:
    """Write what an outlet answers into the file that was named."""
    start_existing()
    from openspaces.outlets.base import BadVariant, NotHere

    try:
        asked.out.write_bytes(_pulled(_board(asked.event), path, query))
    except (BadVariant, NotHere) as trouble:
        raise Stop(str(trouble)) from None
    except OSError as trouble:
        raise _unwritable(asked.out, trouble) from None


def _pulled(board: "Board", path: str, query: dict[str, str]) -> bytes:
    """What an outlet answers at one of its addresses."""
    from openspaces.outlets.base import Asked
    from openspaces.outlets.registry import PULLS

    outlet = next(pull for pull in PULLS if path in pull.paths)
    variant = outlet.variant(Asked({"event": board.event}, query, board.language, datetime.now(UTC)), board)
    return outlet.render(board, replace(variant, base_url=base_url()))


def _agreed(question: str) -> bool:
    """Whether somebody at the terminal says yes; nobody is there where it is no terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def _progress(done: int, whole: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == whole else ""
        print(_("\r%(done)d of %(whole)d") % {"done": done, "whole": whole}, end=end, file=sys.stderr, flush=True)


def _unwritable(file: Path, trouble: OSError) -> Stop:
    says = _("Cannot write %(file)s (%(trouble)s): choose another place.")
    return Stop(says % {"file": file, "trouble": trouble.strerror})
