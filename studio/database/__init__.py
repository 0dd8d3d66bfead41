"""SQLAlchemy base, types, sessions and the clock."""
