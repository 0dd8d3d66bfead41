"""Benchmarks of Studio: each module with a `measure` function is one part. Run with `make bench`."""
