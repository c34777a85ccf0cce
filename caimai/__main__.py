"""`python -m caimai`: the command line."""

from caimai.cli import main

main()
