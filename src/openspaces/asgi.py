"""The ASGI application: `uvicorn openspaces.asgi:app`. `openspaces run` is better, for it says goodbye to streams."""

import os

from django.core.asgi import get_asgi_application
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openspaces.settings")
django = get_asgi_application()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.urls import get_resolver  # noqa: E402

from openspaces.delivery.known import know  # noqa: E402
from openspaces.intake.api.door import Door  # noqa: E402
from openspaces.intake.bringing.opening import LARGEST_FILE  # noqa: E402
from openspaces.intake.clock import Clock  # noqa: E402
from openspaces.intake.forgetting import Keeper  # noqa: E402
from openspaces.intake.programme.refreshing import Refresher  # noqa: E402
from openspaces.live.app import Front  # noqa: E402
from openspaces.live.bodies import bounded  # noqa: E402
from openspaces.outlets.registry import PULLS, PUSHES  # noqa: E402

FIELDS = 100_000
"""Bytes of a form beside the file that comes with it."""


def make_front() -> Front:
    """The whole application."""
    # Only what Django serves needs to know who is behind a proxy; the press is spared the work.
    forms = Door(django) if settings.FAST_API else django
    behind = ProxyHeadersMiddleware(forms, trusted_hosts=settings.PROXIES)  # type: ignore[arg-type]
    larger = {"/desk/import/": LARGEST_FILE + FIELDS}
    return Front(PULLS, bounded(behind, larger), [Clock(), Keeper(), Refresher()])  # type: ignore[arg-type]


know(PUSHES)
get_resolver().url_patterns  # noqa: B018 - read now: whoever comes first would wait for a second otherwise
app = make_front()
