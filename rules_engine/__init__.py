"""A generic, three-valued rules engine: cited requirements, dated parameters, deadlines.

It knows no city and no chat.
"""
