"""What is chosen for a guest where nothing is said: one module for each subject.

Each function takes a `Guest`, which is a domain, a host and an operating system, and completes one part of the domain;
what is said already stays. `virtxml.guests.decisions` has their order.
"""
