"""The natural keys of rows: what belongs to an event begins with its slug."""


def row_id(slug: str, key: str) -> str:
    """The key of a room, day, slot or card: `pyconus2025/308`."""
    return f"{slug}/{key}"


def words_id(slug: str, card: str, version: int) -> str:
    """The key of one version of a card's words: `pyconus2025/7KQ2MX.2`."""
    return f"{slug}/{card}.{version}"
