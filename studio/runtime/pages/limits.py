"""How often one address may sign in, begin forms, ask for lists: much for people, too little for a flood."""

from typing import Final

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

# Counted in each process for itself.
limiter: Final = Limiter(get_remote_address, storage_uri="memory://")
SIGN_IN: Final = "60 per minute"
BEGIN: Final = "120 per minute"
PDF: Final = "60 per minute"
# A list may come from a hook, which is a process, or from another server.
OPTIONS: Final = "300 per minute"
