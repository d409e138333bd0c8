"""Locality forums that can prove whether anyone listened. README.md has the map."""
