"""Parts that screens share: blocks drawn, numbers explained, saves told."""
