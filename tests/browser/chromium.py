"""A real browser for tests: the system's Chromium, and what its pages must never do."""

from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

CHROMIUM = which("chromium-headless-shell") or "/usr/bin/chromium"
"""Debian's Chromium without its windows, where it is: it draws the same, for half of the work."""
WHOLE = "/usr/bin/chromium"
"""The same with all that it can do: without its windows it shows no messages."""
WIDTHS = (1440, 390)
ZOOMED = 320
"""How wide a page is at 1280 pixels and 400 %, the most that anybody zooms."""
DESK, PHONE = ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844)


@contextmanager
def chromium(executable: str = CHROMIUM) -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def visitor(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """Somebody with a browser of their own: their own cookies, a desk unless `viewport` says otherwise."""
    context = browser.new_context(**{"viewport": DESK, "locale": "en-GB", **options})
    context.set_default_timeout(10_000)
    yield context
    context.close()


@contextmanager
def phone(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """Somebody with a phone in one hand."""
    with visitor(browser, viewport=PHONE, has_touch=True, is_mobile=True, **options) as someone:
        yield someone


FINGER = 44
"""How high what one touches is, in pixels: as high as a fingertip."""
_SMALL = """finger => [...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=hidden])")]
  .filter((each) => each.checkVisibility() && !each.closest(".sr, .skip, .own"))
  .filter((each) => getComputedStyle(each).display !== "inline" || !each.closest("p, li:not(.rows > *), td"))
  .map((each) => (each.matches("[type=checkbox], [type=radio]") && each.labels[0]) || each)
  .filter((each) => getComputedStyle(each, "::after").position !== "absolute")
  .filter((each) => each.getBoundingClientRect().height < finger - 0.5)
  .map((each) => `${Math.round(each.getBoundingClientRect().height)} ${each.outerHTML.slice(0, 120)}`)"""


def small(page: Page) -> list[str]:
    """What one touches on a page that is less high than a fingertip, but for links in the middle of sentences and the
    buttons that only a mouse sees small."""
    found: list[str] = page.evaluate(_SMALL, FINGER)
    return found


def faults(page: Page, *, colours: bool = False) -> list[str]:
    """What axe finds wrong on a page, each with the first element that has it; of the colours alone if so asked."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    only = {"runOnly": ["color-contrast"]} if colours else {}
    found = page.evaluate(_VIOLATIONS, {"resultTypes": ["violations"], **only})
    return [f"{each['id']}: {each['html'][:120]} ({each['summary']})" for each in found]


_VIOLATIONS = """options => axe.run(options).then(({violations}) => violations.map(
  ({id, nodes: [{html, failureSummary}]}) => ({id, html, summary: failureSummary})))"""


def unusable(page: Page) -> list[str]:
    """What keeps somebody from using a page: what axe finds on a desk and on a phone, its colours in the dark too, what
    sticks out at any width, and what is too small to touch on the smallest."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {each}" for each in (*faults(page), *_too_wide(page, width))]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += [f"dark: {each}" for each in faults(page, colours=True)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": ZOOMED, "height": 900})
    return found + [f"zoomed: {each}" for each in (*_too_wide(page, ZOOMED), *small(page))]


def _too_wide(page: Page, width: int) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"the page is {wide} pixels wide"] if wide > width else []
