"""Faults on purpose: kills at random instants, full disks, locks, broken files, jumping clocks.

`python -m tests.faults --kills 1000` runs the long version of what the suite runs in seconds.
"""
