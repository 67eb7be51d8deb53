"""Incoming in, Reply out, nothing else."""
