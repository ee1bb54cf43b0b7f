"""The steps that many tests of pages take: go somewhere, unfold everything, see that it is right to left."""

from playwright.sync_api import Page, expect


def visited(page: Page, address: str) -> Page:
    """The page, where that address leads."""
    page.goto(address)
    return page


def unfolded(page: Page) -> Page:
    """The page with everything unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    return page


def from_the_right(page: Page) -> Page:
    """The page, which is written from right to left."""
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    return page
