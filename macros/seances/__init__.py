"""What is worked out of a kit or a méthode: times, durations, material, tasks. Knows the models alone."""
