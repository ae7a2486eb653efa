"""A team, its scenarios and goals in; what stands beside their numbers out."""
