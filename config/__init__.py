"""What an official may change: texts, thresholds, words, places; read once, checked on reading."""
