"""Measurements of speed, accuracy and memory: ours and others' side by side in one run."""
