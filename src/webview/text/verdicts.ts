/** Verdicts by shown side, in the order of the scale, each with its key. Both ends of the scale share their words. */
export const verdicts = [
  { value: -3, key: '1', label: 'A much better', word: 'much', tone: 'a' },
  { value: -2, key: '2', label: 'A better', word: 'better', tone: 'a' },
  { value: -1, key: '3', label: 'A slightly better', word: 'slightly', tone: 'a' },
  { value: 0, key: '4', label: 'Tie', word: 'tie', tone: '' },
  { value: 1, key: '5', label: 'B slightly better', word: 'slightly', tone: 'b' },
  { value: 2, key: '6', label: 'B better', word: 'better', tone: 'b' },
  { value: 3, key: '7', label: 'B much better', word: 'much', tone: 'b' },
  { value: 'both-bad', key: '0', label: 'Both bad', word: 'Both bad', tone: '' },
] as const;

/** The label of a verdict; `undefined` for none. */
export function verdictLabel(verdict: (typeof verdicts)[number]['value'] | null): string | undefined {
  return verdicts.find(({ value }) => value === verdict)?.label;
}
