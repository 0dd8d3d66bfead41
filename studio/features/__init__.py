"""Studio's screens, one folder each."""
