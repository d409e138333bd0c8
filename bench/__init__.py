"""What pages and acts cost, beside what the machine can do at most. `python -m bench.run`."""
