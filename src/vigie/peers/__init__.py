"""HTTP to other nodes: the only place that opens a connection to one."""
