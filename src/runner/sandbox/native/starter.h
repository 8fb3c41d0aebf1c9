/** Serves the host until it is gone; see starter.c. */
int start_sandboxes(void);
