"""Reads off the loop: what they say is in the language of whoever asked."""

import asyncio

import pytest
from django.utils.translation import get_language, override

from openspaces.intake.reading import reading


async def spoken(language: str) -> str | None:
    with override(language):
        return await reading(get_language)


@pytest.mark.parametrize("language", ["ar", "hi", "de", "en"])
def test_the_language_goes_along(language: str) -> None:
    assert asyncio.run(spoken(language)) == language


def test_readers_in_many_languages_are_kept_apart() -> None:
    async def everybody() -> list[str | None]:
        return await asyncio.gather(*(spoken(language) for language in ["ar", "hi", "de", "en"] * 5))

    assert asyncio.run(everybody()) == ["ar", "hi", "de", "en"] * 5
