"""Queues as plain Markov chains, solved by linear algebra: slow, and without any of the formulas."""

import numpy as np
from scipy.linalg import expm


def birth_death(arrivals_per_second, leaving, states):
    """Stationary probabilities of a chain with constant births and `leaving(n)` deaths, from the balance equations."""
    generator = np.zeros((states, states))
    for n in range(states - 1):
        generator[n, n + 1] = arrivals_per_second
        generator[n + 1, n] = leaving(n + 1)
    generator -= np.diag(generator.sum(axis=1))
    equations = np.vstack([generator.T, np.ones(states)])
    right = np.concatenate([np.zeros(states), [1.0]])
    return np.linalg.lstsq(equations, right, rcond=None)[0]


def served_within(ahead, full_rate, patience_rate, seconds):
    """P(served in time) for somebody with `ahead` people before them, who may all give up, by the chain of places."""
    places = ahead + 1
    generator = np.zeros((places + 2, places + 2))
    served, gone = places, places + 1
    for place in range(places):
        rate_on = full_rate + place * patience_rate
        generator[place, place - 1 if place else served] += rate_on
        generator[place, gone] += patience_rate
        generator[place, place] -= rate_on + patience_rate
    return expm(generator * seconds)[ahead, served]


def queue_with_patience(lam, aht, agents, patience, within, waiting_room=120):
    """Service level, abandonment rate, mean wait and probability of waiting of a whole number of agents."""
    return queue(lam, lambda n: min(n, agents) / aht, agents, patience, within, waiting_room)


def queue(lam, completing, full, patience, within, waiting_room=120):
    """The same for any rate of completion below `full` contacts in service."""
    rate = completing(full)

    def leaving(n):
        return completing(min(n, full)) + max(n - full, 0) / patience

    p = birth_death(lam, leaving, full + waiting_room)
    waiting = p[full:]
    places = np.arange(len(waiting))
    abandoned = float(waiting @ places) / patience / lam
    soon = [served_within(j, rate, 1 / patience, within) if waiting[j] > 1e-15 else 0.0 for j in places]
    return float(p[:full].sum() + waiting @ np.array(soon)), abandoned, abandoned * patience, float(waiting.sum())
