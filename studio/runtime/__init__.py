"""A served app: forms as HTML, process engine, storage."""
