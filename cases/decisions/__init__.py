"""裁判: what a decision brings about, when it takes effect, and whether it is appealed."""
