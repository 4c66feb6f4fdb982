"""报送材料: writing, handing in, reviewing and printing what agencies report and file."""
