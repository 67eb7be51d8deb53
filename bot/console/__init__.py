"""The operators' web console: how things stand, and every change that an operator may make, each logged."""
