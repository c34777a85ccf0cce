"""What SPARQL of the reader's own may ask: refused is what would write, reach outside or add up what is no sum."""
