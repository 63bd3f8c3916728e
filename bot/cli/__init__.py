"""The commands: the only place that wires rooms together and exits. One module a command, imported when it runs."""
