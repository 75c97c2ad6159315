"""Markup: web pages, Markdown, journal articles, labels."""
