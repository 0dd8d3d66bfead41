"""Outside remotes: an app's branches go to a repository on another server, and come from there."""
