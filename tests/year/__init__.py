"""A simulated year of the whole platform, and an oracle that knows the rules from docs/rules.md alone."""
