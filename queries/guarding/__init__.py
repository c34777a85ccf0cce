"""SPARQL of the reader's own: refused is what would write, reach outside or add up what is no sum; strange names are
told."""
