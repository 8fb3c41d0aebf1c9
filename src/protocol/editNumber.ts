import * as z from 'zod';

/** The number of an edit. The host repeats it once it has the edit, so that the page knows what is still on its way. */
export const editNumber = z.int();
