"""Hours of mixed traffic on a running service: its memory and its log.

`python -m tests.soak --minutes 60 --rate 20`
"""
