"""Where the command `caimai` begins: while it loads its parts, Ctrl-C ends it at once and says nothing."""

import signal


def main() -> None:
    """The command line (`caimai.cli`)."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from caimai.cli import main as command_line  # with everything, while Ctrl-C is safe

    signal.signal(signal.SIGINT, before)
    command_line()
