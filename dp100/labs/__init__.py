"""Labs: preparing, running, checking and watching one."""
