"""The facilitator's desk: what needs somebody now, walk-ups' cards, contests, rooms, the log, a word to everyone."""
