"""What happens: conversations, rules, decisions."""
