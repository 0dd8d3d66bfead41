"""The blueprint that the views of this screen hang on."""

from flask import Blueprint

bp = Blueprint("resources", __name__, template_folder="templates")
