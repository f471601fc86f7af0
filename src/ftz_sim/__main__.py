"""``python -m ftz_sim``: the command line where ``ftz`` is not on the path."""

from ftz_sim.cli import main

if __name__ == "__main__":
    main()
