"""Pages of writing, reading and reviewing papers."""
