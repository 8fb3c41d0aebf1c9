/* What a case must keep to, for its schema and for its form in the panel. */

/** The greatest length of an id, in UTF-16 code units. */
export const longestCaseId = 120;

/** The rationale cites a case as `@case:id`, in quotes if the id has spaces. */
export const caseIdPattern = /^[^"\r\n]+$/;

/** Other values that pass in a call. */
export const mostAlternatives = 10;

/** The tolerance of the comparator `float`, unless the case sets its own. */
export const floatTolerance = { rtol: 1e-7, atol: 1e-6 } as const;

/** Folders that a case can have. */
export const maxFolders = 8;

/** How a folder at the top of the file system is written. */
export const topFolderPattern = /^\/[a-z][a-z0-9_-]{0,30}$/;

/** Top-level folders that every system or the sandbox uses. */
const takenFolders =
  /^\/(bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|scratch|srv|sys|tmp|usr|var)$/;

export function isTakenFolder(path: string): boolean {
  return takenFolders.test(path);
}

/** Whether a path is a folder of its own at the top of the file system, such as `/testbed`. */
export function isTopFolder(path: string): boolean {
  return topFolderPattern.test(path) && !isTakenFolder(path);
}
