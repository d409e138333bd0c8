"""`python -m coprod` is the `coprod` command."""

from coprod.app import main

main()
