"""What the What-if and Compare pages are drawn from: team, levers, answers."""
