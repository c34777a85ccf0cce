"""What can be said at all: terms, shapes, code lists, and the frozen values that travel between stages."""
