"""`python -m masthead.cli` is `masthead`."""

from masthead.cli.app import main

main()
