"""案件列表: filters, columns, export, what people watch, note and hand on."""
