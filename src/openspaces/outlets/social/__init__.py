"""Posts by themselves on social networks and in chats: what begins soon, announcements, and what became of both."""

from openspaces.outlets.social.anywhere import ANYWHERE as _ANYWHERE
from openspaces.outlets.social.bluesky import BLUESKY as _BLUESKY
from openspaces.outlets.social.composing import push_of
from openspaces.outlets.social.mastodon import MASTODON as _MASTODON
from openspaces.outlets.social.x import X as _X

__all__ = ["ANYWHERE", "BLUESKY", "MASTODON", "X"]

ANYWHERE, BLUESKY, MASTODON, X = map(push_of, (_ANYWHERE, _BLUESKY, _MASTODON, _X))
