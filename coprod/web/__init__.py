"""HTTP in, HTML out. A page never decides."""
