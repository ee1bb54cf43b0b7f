"""The doctor: looks at everything that an installation needs, and says in words what to do. It changes nothing."""
