"""Every outlet, one line each. Delete an outlet's folder and its line, and only that outlet is gone."""

from openspaces.board.public import contest_facts
from openspaces.board.public_changes import change_facts
from openspaces.delivery.contract import Push
from openspaces.outlets import (
    app,
    discord,
    email,
    embed,
    feed,
    follow,
    ics,
    image,
    page,
    phone,
    preview,
    print,
    schedule,
    screen,
    sheet,
    social,
    text,
    webhook,
)
from openspaces.outlets.base import Pull
from openspaces.outlets.data import CSV, JSON, ROOMS, TSV, XLSX, board_facts
from openspaces.outlets.ics import render_stars
from openspaces.outlets.page import draw_cells, draw_contests, draw_items, draw_notices, render_home

__all__ = [
    "PULLS",
    "PUSHES",
    "board_facts",
    "change_facts",
    "contest_facts",
    "draw_cells",
    "draw_contests",
    "draw_items",
    "draw_notices",
    "render_home",
    "render_stars",
]

PULLS: tuple[Pull, ...] = (
    CSV,
    JSON,
    ROOMS,
    TSV,
    XLSX,
    app.MANIFEST,
    embed.EMBED,
    feed.ATOM,
    feed.JSON,
    follow.FOLLOW,
    ics.CALENDAR,
    ics.CARD,
    image.PDF,
    image.PNG,
    image.SHEETS,
    image.SVG,
    page.CARD,
    page.CONTESTS,
    page.IDEAS,
    page.NOW,
    page.PAGE,
    page.PLANNED,
    preview.CARD,
    preview.DAY,
    print.CARDS,
    print.DOORS,
    print.POSTER,
    print.PRINT,
    schedule.JSON,
    schedule.STATUS,
    schedule.XML,
    screen.SCREEN,
    text.TEXT,
)

PUSHES: tuple[Push, ...] = (
    discord.DISCORD,
    email.EMAIL,
    phone.PHONE,
    sheet.SHEET,
    social.ANYWHERE,
    social.BLUESKY,
    social.MASTODON,
    social.X,
    webhook.WEBHOOK,
)
