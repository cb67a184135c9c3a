"""Articles (frequently asked questions): which of them answers what somebody asks in their own words."""
