"""What an owner arranges in, a `Page` out: ordered typed cells, pictures, sliders."""
