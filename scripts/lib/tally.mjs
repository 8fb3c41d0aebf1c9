/** The environment variable that names the file to which a test run writes its figures. */
export const tallyVariable = 'TIEBREAK_TALLY';
