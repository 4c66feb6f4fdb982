"""The daily sweep, and whether the jobs in the background still run."""
