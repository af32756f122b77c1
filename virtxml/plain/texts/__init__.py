"""Plain data as texts: JSON, and YAML, which needs ruamel.yaml and is only loaded when it is asked for."""
