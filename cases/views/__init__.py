"""The pages of cases: browsing, the agencies' duties, the filings inbox."""
