"""What is worked out of a kit or a méthode: times, durations, tasks. Knows the models alone."""
