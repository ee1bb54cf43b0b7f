"""The room of people as an application of Django's."""

from django.apps import AppConfig
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate


class People(AppConfig):
    """Sign-in needs Django's tables of accounts; what comes with them, permissions for each table, is not for us."""

    name = "openspaces.people"
    label = "people"

    def ready(self) -> None:
        """Let no rows be written that nobody reads: it would be done at every start that migrates."""
        post_migrate.disconnect(create_contenttypes)
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
