"""The blueprint that the views of this screen hang on."""

from flask import Blueprint

bp = Blueprint("code", __name__, template_folder="templates")
