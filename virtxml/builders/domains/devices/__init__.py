"""The steps that give a guest devices: a module for each kind."""
