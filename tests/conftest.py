"""The suite expects English; a test of another language asks for it. Slow machines fail no property."""

import os

from hypothesis import settings

os.environ["LC_ALL"] = "C.UTF-8"
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
