"""Mail in: a letter to an event becomes a planned card or an idea, and its sender gets an answer with a link."""
