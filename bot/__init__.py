"""Everything that talks: channels, understanding, skills, reminders."""
