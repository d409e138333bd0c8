"""The room that all pages about contributions are in."""

from flask import Blueprint

pages = Blueprint("contributions", __name__)
