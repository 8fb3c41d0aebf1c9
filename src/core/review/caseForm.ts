import * as z from 'zod';

/** Fields of the form of a case that hold code, and can be opened as documents. */
export const caseCodeFields = ['source', 'schema'] as const;
export type CaseCodeField = (typeof caseCodeFields)[number];

/** The unsaved contents of the form of a case: the id that the panel gives the form, and its fields. */
export const unsavedCaseSchema = z.strictObject({
  form: z.string(),
  fields: z.record(z.string(), z.string()),
});
export type UnsavedCase = z.infer<typeof unsavedCaseSchema>;

/** The forms with the fields of one form replaced; `null` drops the form, because its case was saved. */
export function withCaseForm(
  forms: readonly UnsavedCase[],
  form: string,
  fields: UnsavedCase['fields'] | null,
): UnsavedCase[] {
  const others = forms.filter((other) => other.form !== form);
  return fields === null ? others : [...others, { form, fields }];
}
