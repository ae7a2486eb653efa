"""What levers leave of a channel's contacts in, what people or pages make of them out: answered, lost, solved, come back."""
