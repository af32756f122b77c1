"""Options on a domain that exists: which element is meant, what changes, what goes along."""
