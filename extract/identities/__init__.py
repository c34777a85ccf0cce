"""Budget identities as constraints that place figures whose columns are lost."""
