"""Pull requests: work on one branch that is to come into another, looked at by others first."""
