"""The exit statuses of the commands."""

GOOD = 0
FINDINGS = 1
BAD_INPUT = 2
