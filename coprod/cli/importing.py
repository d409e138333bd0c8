"""`coprod import`: real history from elsewhere, all of it or nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from coprod.cli import site
from coprod.importing import NothingDone, Report, bundle, polis
from coprod.importing.report import Progress

FORMATS = ("bundle", "polis")
SHOWN = 20  # refused rows told on the terminal; the report file has all of them


@click.command("import", short_help="Bring in real history from elsewhere: all of it, or nothing.")
@click.argument("format_", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything, and keep nothing.")
@click.option("--engagement", metavar="SLUG", help="polis: the have-your-say that it belongs to.")
@click.option(
    "--report",
    "report_to",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every refused row and every note to a CSV file.",
)
@site.in_site
def import_(
    format_: str, path: Path, dry_run: bool, engagement: str | None, report_to: Path | None
) -> int:
    """Bring in real history from elsewhere: all of it, or nothing.

    FORMAT is bundle (CSV files in a folder or a zip) or polis (the folder of an export). PATH is
    the folder or the zip.

    \b
    Exit status:
      0  brought in; with --dry-run, it would be
      1  nothing was brought in: each refused row is told by file, line and reason
      2  the command was used wrongly
    """
    if engagement and format_ == "bundle":
        raise click.UsageError("--engagement is for polis: a bundle has its own engagements")
    report = Report()
    if report_to is not None:
        report.save(report_to)  # where it cannot be written, nothing is begun
    try:
        if format_ == "bundle":
            bundle.bring_in(path, report, _progress(), dry_run=dry_run)
        else:
            polis.bring_in(path, report, _progress(), slug=engagement, dry_run=dry_run)
    except NothingDone:
        return _refused(report)
    finally:
        if report_to is not None:
            report.save(report_to)
    _tell(report, dry_run=dry_run)
    return 0


def _progress() -> Progress:
    """How far it has got, on one line of a terminal; nothing anywhere else."""
    if not sys.stderr.isatty():
        return lambda what, done, of: None

    def show(what: str, done: int, of: int) -> None:
        ended = "\n" if done == of and of else ""
        click.echo(f"\r{what}: {done:,} of {of:,}\x1b[K{ended}", err=True, nl=False)

    return show


def _refused(report: Report) -> int:
    for remark in report.refused[:SHOWN]:
        click.echo(f"coprod: {remark}", err=True)
    many = len(report.refused)
    if many > SHOWN:
        click.echo(f"coprod: and {many - SHOWN:,} more; --report FILE has them all", err=True)
    if many > 1:
        click.echo(f"coprod: nothing was brought in: {many:,} refused", err=True)
    return 1


def _tell(report: Report, *, dry_run: bool) -> None:
    click.echo("It would bring in:" if dry_run else "Brought in:")
    for what, many in report.counts.items():
        click.echo(f"  {what}: {many:,}")
    for remark in report.notes[:SHOWN]:
        click.echo(f"Note: {remark}")
    if len(report.notes) > SHOWN:
        click.echo(f"Note: and {len(report.notes) - SHOWN:,} more; --report FILE has them all")
    if dry_run:
        click.echo("Nothing was kept: this was a dry run.")


commands = (import_,)
