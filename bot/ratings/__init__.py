"""Ratings after a service: asked, stored, counted, reported."""
