"""Files for users: a calendar, a report, tables and a picture. Words come ready; here they get their form."""
