"""Whatever comes in: files of every format, configuration, commands, buttons, start parameters.

`python -m tests.fuzz --examples 100000` runs the long version of what the suite runs in seconds.
"""
