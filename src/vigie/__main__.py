"""`python -m vigie` is the command `vigie`."""

from vigie.app.command import main

main()
