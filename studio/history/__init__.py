"""An app over time: repositories, drafts, branches, sharing."""
