"""Publish a mathematical blog with Sphinx, with a knowledge graph that understands it."""
