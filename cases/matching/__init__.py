"""疑似同一案: a case that court and agency tell of under two numbers, found and scored. Nothing here merges."""
