"""The groups of the command, a file each."""
