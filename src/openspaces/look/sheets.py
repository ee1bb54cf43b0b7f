"""The board in somebody's own spreadsheet, without a key or a password: the formula that fetches it."""


def sheet_formula(base_url: str, event: str, *, grid: bool = True) -> str:
    """What to type into a cell of a Google sheet. It fetches the board about every hour, as a grid of hours and rooms
    or as a list of cards; the sheet asks its owner once whether it may."""
    return f'=IMPORTDATA("{base_url}/{event}/board.csv{"?as=grid" if grid else ""}")'
