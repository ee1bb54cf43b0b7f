"""Hands that have only a keyboard."""

from playwright.sync_api import Locator, Page

MOST_STOPS = 160


def press(page: Page, what: Locator, key: str = "Enter") -> None:
    """Tab to it and press Enter, or another key; none if it is empty."""
    tab_to(page, what)
    if key:
        page.keyboard.press(key)


def press_back(page: Page, what: Locator, key: str = "Enter") -> None:
    """The same from the other end of the page."""
    tab_to(page, what, "Shift+Tab")
    page.keyboard.press(key)


def type_into(page: Page, field: Locator, words: str) -> None:
    """Tab to a field and type, instead of what stands there."""
    tab_to(page, field)
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def tab_to(page: Page, what: Locator, step: str = "Tab") -> None:
    """Step from stop to stop until it has the focus."""
    what.wait_for()
    for _ in range(MOST_STOPS):
        if focus_is_on(page, what):
            return
        page.keyboard.press(step)
    raise AssertionError(f"{what} cannot be reached by {step}")


def focus_is_on(page: Page, what: Locator) -> bool:
    """Whether it has the focus now."""
    found: bool = what.evaluate("element => element === document.activeElement")
    return found
