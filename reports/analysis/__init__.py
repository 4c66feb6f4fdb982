"""自助统计: one measure by one dimension, as a sentence, a picture, a table and the cases behind it."""
