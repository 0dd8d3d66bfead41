"""The blueprint that the views of this screen hang on."""

from flask import Blueprint

from studio.web.branch_address import about_whole_apps

bp = Blueprint("branches", __name__, template_folder="templates")
about_whole_apps(bp)
