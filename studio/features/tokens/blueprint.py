"""The blueprint that the modules of views put their routes on."""

from flask import Blueprint

bp = Blueprint("tokens", __name__, template_folder="templates")
