"""From a workbook to rows of named values: columns, headers, what was passed over; and blank workbooks back."""
