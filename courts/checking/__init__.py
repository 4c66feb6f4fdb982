"""Every fault of every row at once: values, names, rows against each other, the sheets and the record."""
