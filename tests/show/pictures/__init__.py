"""Pictures of buses and networks."""
