"""The WSGI door of Studio, for other servers than the built-in one: `wsgi:app`."""

from studio import create_app

app = create_app()
