"""Property tests of goals are about what is true, not about how long a busy machine takes for one example."""

from hypothesis import HealthCheck, settings

settings.register_profile("goals", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("goals")
