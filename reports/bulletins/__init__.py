"""通报: written from the measures, issued once, proven for ever."""
