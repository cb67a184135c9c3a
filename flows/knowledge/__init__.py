"""Articles (frequently asked questions): which of them answers what somebody asks in their own words.

`finder` finds; it is made of `words` (which say something), `spelling` (by ear, and slips), `verbs` and `compounds`
(what belongs to the same word), `groups` (what people say and what the government calls it), `meaning` (all of these
together), `index` (what a word says of an article) and `letters` (what the words miss). `measuring` tells how well.
"""
