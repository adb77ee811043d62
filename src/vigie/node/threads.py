"""How many threads libraries of numbers may make: one a process, here and in every child."""

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Must stand in the environment before numpy or torch is loaded. With one thread for each core, every one has memory of
its own and spins while it waits: drawing a picture on two cores cost 0.42 s of CPU instead of 0.10."""
