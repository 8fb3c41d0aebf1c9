/** The error of every part that would run an answer, or a tool on it, in an untrusted workspace. */
export const untrustedWorkspace = {
  what: 'This workspace is not trusted, so nothing is run',
  remedy: 'Trust the workspace (command “Workspaces: Manage Workspace Trust”) to run and check answers',
} as const;

/** The same as text. */
export const untrustedText = `${untrustedWorkspace.what}. ${untrustedWorkspace.remedy}`;
