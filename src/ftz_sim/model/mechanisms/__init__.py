"""The rules of the model, one mechanism a file; `schedule.py` puts them in order."""
