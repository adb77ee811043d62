"""What C libraries under a process are told: one thread for numbers, and memory that a reading keeps for the next."""

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Must stand in the environment before numpy or torch is loaded. With one thread for each core, every one has memory of
its own and spins while it waits: drawing a picture on two cores cost 0.42 s of CPU instead of 0.10."""

KEPT_MEMORY = {"MALLOC_TRIM_THRESHOLD_": "67108864", "MALLOC_MMAP_THRESHOLD_": "33554432"}
"""For the child that reads scans, whose largest array has 4 MB: glibc else gives 8 MB back to the machine after every
scan and is handed the same pages again, which costs 5 of 32 ms. The child keeps at most 64 MB more, and ends soon."""
