"""Every pull outlet, one line each. Delete an outlet's folder and its line, and only that outlet is gone."""

from openspaces.outlets import page
from openspaces.outlets.base import Pull

PULLS: tuple[Pull, ...] = (
    page.CARD,
    page.NOW,
    page.PAGE,
)
