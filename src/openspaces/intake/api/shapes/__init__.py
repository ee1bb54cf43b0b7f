"""The shapes of the API: what a call takes and what it answers, as its OpenAPI document tells them; a file a noun."""
