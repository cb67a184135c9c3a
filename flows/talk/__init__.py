"""The conversation engine; see README.md beside this file."""
