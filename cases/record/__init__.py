"""What every room of cases writes and reads: sources, parties, kept files, form fields, and who may check whom."""
