"""The pages that everyone sees alike: the board by day, a card, what is on now, the list of events."""

from openspaces.outlets.page.cells import draw_cells, draw_items

__all__ = ["draw_cells", "draw_items"]
