"""The public addresses and the live streams, in raw ASGI: no Django view and no query between a reader and bytes."""
