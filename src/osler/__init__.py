"""Osler: a self-hosted clinical evidence engine. Every sentence it shows is cited and checked."""

__version__ = "0.1.0"
