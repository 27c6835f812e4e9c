"""The subcommands of `cchc`, one a module; anything slow is imported when a command runs."""
