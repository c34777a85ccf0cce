"""The commands, one module each; `caimai/cli.py` gathers them."""
