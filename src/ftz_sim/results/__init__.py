"""What experiments leave: runs in memory, experiment folders on disk, and manifests that can be verified."""

from ftz_sim.results.folder import FolderWriter
from ftz_sim.results.frames import FailedRun, Run
from ftz_sim.results.place import check_folder
from ftz_sim.results.reading import Experiment, load, verify

__all__ = ["Experiment", "FailedRun", "FolderWriter", "Run", "check_folder", "load", "verify"]
