"""A real browser for tests: the system's Chromium, and what its pages must never do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
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


def faults(page: Page) -> list[str]:
    """What axe finds wrong on a page, each with the first element that has it."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]} ({each['nodes'][0]['failureSummary']})" for each in found]
