/** The kind of sandbox recorded for runs without a sandbox. */
export const unsandboxed = 'unsandboxed';

/** The warnings shown before consent is given, and beside the sandbox's status. */
export const unprotected = [
  'programs can read and change every file that you can, and use the network',
  'limits on memory and processes are checked only at intervals, and programs that leave their process group may keep running',
] as const;
