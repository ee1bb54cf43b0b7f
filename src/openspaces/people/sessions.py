"""Django's session engine, with the account in a column of its own: one query tells who sits at a browser, and the
sessions of an account go with it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from openspaces.people.models import Session


class SessionStore(DatabaseStore):
    """Sessions in the table of people."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def create_model_instance(self, data: Mapping[str, Any]) -> Session:
        """The row that keeps `data`."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment,arg-type]
        account = data.get(SESSION_KEY)
        row.account_id = int(account) if account else None
        return row
