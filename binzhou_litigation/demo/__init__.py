"""Invented but plausible material for demonstrations: the courts' monthly workbooks."""
