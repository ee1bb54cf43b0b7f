"""The shared look: the base page, the styles, the scripts, and how one card is drawn."""
