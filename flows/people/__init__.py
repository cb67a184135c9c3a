"""People: welcome, settings, privacy, invitations, roles."""
