"""Messages on the phone that asked: what its owner starred or hosts starts, moves, falls out; and words they follow."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from openspaces.delivery.contract import Promise, Push
from openspaces.outlets.phone.carrying import send
from openspaces.outlets.phone.telling import compose
from openspaces.outlets.phone.trying import TRIAL
from openspaces.outlets.phone.wanting import coming, wants

PHONE = Push(
    name="phone",
    title=_("Messages on phones"),
    about=_("Tells phones that asked what becomes of what they starred or host."),
    promise=Promise.AT_LEAST_ONCE,
    wants=wants,
    coming=coming,
    compose=compose,
    send=send,
    trial=TRIAL,
    patience=timedelta(minutes=2),
    again=tuple(timedelta(seconds=each) for each in (10, 60, 300, 1800)),
)
