/** The names of the rows and columns of `table`. First and second are the answers in ascending order of ids. */
export const verdictNames = ['first answer', 'second answer', 'tie', 'both bad'] as const;

/** Timeout of figures, in milliseconds: a slow disk may hold very many reviews. */
export const figuresTimeoutMs = 120_000;
