"""Texts in several languages: how far each has come, and the way to translators and back."""
