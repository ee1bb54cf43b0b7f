"""Pictures and paper: fonts from packages, the colours of the page on paper, and words of every script set right."""
