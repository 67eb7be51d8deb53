"""The law as data: instruments, their provisions, and the ways to find them."""
