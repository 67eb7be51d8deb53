"""Rosters of staff: read from a spreadsheet, judged person by person, kept no longer than asked for."""
