"""What files brought, kept: their points and contact logs, and by which import each came."""
