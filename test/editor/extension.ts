/** The id of the extension: publisher and name of the manifest. */
export const extensionId = 'tiebreak.tiebreak';
