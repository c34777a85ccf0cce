"""The audit: rules on documents, figures and words against each other; signals with both places."""
