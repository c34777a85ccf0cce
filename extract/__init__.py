"""Paper to facts: readers, recognisers and budget identities."""
