"""What is answered where the database does nothing just now: a full disk, a server that is being restarted."""

import logging

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse

from openspaces.intake.web.errors import not_now
from openspaces.lib.middleware import OnTheLoop

logger = logging.getLogger(__name__)


class NotNow(OnTheLoop):
    """503 with a sentence, in place of an error that looks as if the program were broken."""

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        """The answer to trouble with the database; other trouble is not meant."""
        if not isinstance(trouble, (DatabaseError, InterfaceError)):
            return None
        logger.error("the database does not do what was asked: %s", trouble)
        return not_now(request)
