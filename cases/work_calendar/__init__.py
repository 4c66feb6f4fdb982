"""放假安排: a year's days off, entered by one and approved by another, and what they move."""
