"""``python -m bot`` and the console script ``xize``: no traceback reaches a user."""

from __future__ import annotations

import logging
import os
import sys

import click

from bot import collecting
from bot.cli import cli
from bot.errors import XizeError
from knowledge.errors import KnowledgeError
from rules_engine.errors import RulebookError
from storage.errors import StoreError

WRONG_USE = 2
INTERRUPTED = 130


def main() -> None:
    """Run a command; errors become one sentence on standard error and exit code 2."""
    collecting.rarely()
    try:
        cli.main(prog_name="xize", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USE)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (XizeError, KnowledgeError, RulebookError, StoreError) as error:
        click.echo(f"xize: {error}", err=True)
        sys.exit(WRONG_USE)
    except Exception as error:
        logging.getLogger("bot").debug("unexpected", exc_info=True)
        click.echo(f"xize: something went wrong inside ({type(error).__name__})", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
