"""What the running text states: changes, projects, carry-overs, documents, silences."""
