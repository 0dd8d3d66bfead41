"""Inside: what runs in the processes that carry out an app's hooks. The standard library only."""
