"""The levers that are tried, as sliders and fields in, a scenario to simulate or to keep out."""
