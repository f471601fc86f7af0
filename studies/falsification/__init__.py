"""What the model must show, by subject; `studies/falsify.py` runs it and writes docs/falsification.md.

Every subject has `lines(size)`, which returns lines of the page, and `BASIS`, which says where its expectations come
from. Expectations were written down before the runs; a line that misses its own says so and stays.
"""
