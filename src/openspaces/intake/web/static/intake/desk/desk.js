// The desk without reloading: answers are sent and put in their place, news come by themselves, keys go through a list.
