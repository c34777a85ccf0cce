"""The pages that the head of every page leads to: the word for each and its address."""

NAVIGATION = (
    ("frame.home", "/"),
    ("trace.title", "/trace"),
    ("explore.title", "/explore"),
    ("audit.nav", "/audit"),
    ("compare.nav", "/compare"),
    ("ask.nav", "/ask"),
    ("sparql.nav", "/query"),
)
