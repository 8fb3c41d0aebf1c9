/** The kind of sandbox that runs are stamped with which were made without one. */
export const unsandboxed = 'unsandboxed';

/** What the person is told before consenting to that, and beside the sandbox's status. */
export const unprotected = [
  'programs can read and change every file that you can, and use the network',
  'limits on memory and processes are only watched; what leaves its process group may go on running',
] as const;
