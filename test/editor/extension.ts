/** Tiebreak as the editor knows it: publisher and name of the manifest. */
export const extensionId = 'tiebreak.tiebreak';
