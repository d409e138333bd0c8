"""The `coprod` command. Every error is one line on standard error, never a traceback.

Exit status: 0 good, 1 refused or failed, 2 used wrongly; 130 stopped from the keyboard.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NoReturn

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from coprod.cli import demo, findings, importing, migrate, post, serve, user
from coprod.errors import CoprodError
from coprod.settings import BadSetting

MODULES = (serve, migrate, demo, user, importing, findings, post)  # each has `commands`


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="coprod")
def commands() -> None:
    """Locality forums that can prove whether anyone listened."""


for module in MODULES:
    for command in module.commands:
        commands.add_command(command)


def main(make_app: Callable[[], Flask]) -> NoReturn:
    """Run the command line, and end the process with its status."""
    sys.exit(run(make_app, sys.argv[1:]))


def run(make_app: Callable[[], Flask], arguments: list[str]) -> int:
    """Run one command. Gives its exit status, having told any error in one line."""
    try:
        outcome = commands.main(arguments, prog_name="coprod", standalone_mode=False, obj=make_app)
    except click.UsageError as error:
        return _tell(error.format_message(), 2)
    except (click.Abort, KeyboardInterrupt):
        return _tell("stopped", 130)
    except click.ClickException as error:
        return _tell(error.format_message(), 1)
    except BadSetting as error:
        return _tell(str(error), 2)
    except CoprodError as error:
        return _tell(str(error), 1)
    except SQLAlchemyError as error:
        return _tell(f"the database: {getattr(error, 'orig', None) or error}", 1)
    except OSError as error:
        return _tell(str(error), 1)
    return outcome if isinstance(outcome, int) else 0


def _tell(message: str, status: int) -> int:
    words = " ".join(message.split())
    click.echo(f"coprod: {words}", err=True)
    return status
