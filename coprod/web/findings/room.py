"""The room that every page on findings stands in."""

from flask import Blueprint

pages = Blueprint("findings", __name__)
