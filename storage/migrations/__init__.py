"""The steps that make a database what the code expects. Read README.md beside this file."""
