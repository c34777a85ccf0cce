"""`python -m caimai`: the command line."""

from caimai.start import main

main()
