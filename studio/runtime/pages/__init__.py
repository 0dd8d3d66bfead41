"""The pages that the public sees, from sign-in to receipt, and those of an app's owner."""
