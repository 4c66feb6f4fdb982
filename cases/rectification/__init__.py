"""整改: measures of a paper or a plan, done, proved, accepted."""
