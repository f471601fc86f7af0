"""The suite expects English; a test of another language asks for it."""

import os

os.environ["LC_ALL"] = "C.UTF-8"
