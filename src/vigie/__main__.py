"""`python -m vigie` is the command `vigie`."""

from vigie.app.command import main

if __name__ == "__main__":
    main()
