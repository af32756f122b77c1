"""Documents that are no guests, each kind on its screen."""
