"""The explorer: the graph as a web application that never leaves the machine."""
