"""A thread that forgets what is due: at its start and once an hour, in one process of all; and removes the traces of
what somebody erased, within a minute."""

import logging
import threading
from datetime import UTC, datetime, timedelta

from django.db import connection

from openspaces.board.read import catch_up
from openspaces.delivery.lease import Lease
from openspaces.intake.forgetting.due import forget
from openspaces.intake.forgetting.person import erase_again
from openspaces.intake.forgetting.traces import remove_traces

logger = logging.getLogger(__name__)

EVERY = timedelta(hours=1)
LOOK = 10.0
"""Seconds between two looks at whether traces are to be removed: who erases again and again rewrites nothing more
often."""


class Keeper:
    """Each process that serves or works has one; the one that holds the lease forgets."""

    def __init__(self) -> None:
        self._lease = Lease("forgetting", EVERY)
        self._again = datetime.min.replace(tzinfo=UTC)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Forget no more; returns within a few seconds."""
        self._stopping.set()
        self._thread.join(LOOK / 2)

    def turn(self, at: datetime) -> int:
        """Forget what is due at `at`, if no other process does; how much it was."""
        try:
            if at >= self._again:
                self._again = at + EVERY
                return self._forgotten(at) if self._lease.hold(at) else 0
            return 0
        finally:
            if remove_traces.are_wanted():
                remove_traces()

    def _forgotten(self, at: datetime) -> int:
        erased = erase_again() + forget(at)
        if erased:
            logger.info("%d rows, cards and files whose time is over were erased", erased)
            remove_traces.soon()
        return erased

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.turn(datetime.now(UTC))
            except Exception:  # whatever it was: what is due now is due in an hour as well
                logger.exception("the keeper stumbled and goes on")
            finally:
                connection.close()
            self._stopping.wait(LOOK)
        self._leave()

    def _leave(self) -> None:
        """Whoever comes next forgets at once, and not when the hour is over."""
        try:
            self._lease.let_go()
        except Exception as trouble:
            logger.warning("nobody forgets within the hour: %s", trouble)
        finally:
            connection.close()


def forget_now() -> int:
    """Forget what is due, whoever keeps the time, and remove its traces; how much it was."""
    catch_up()
    erased = erase_again() + forget(datetime.now(UTC))
    if erased:
        remove_traces()
    return erased
