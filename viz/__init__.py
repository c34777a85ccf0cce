"""Graph to page: standalone HTML."""
