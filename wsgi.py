"""The WSGI entry point, for any server: `granian --interface wsgi wsgi:app`."""

from coprod.app import served

app = served()
