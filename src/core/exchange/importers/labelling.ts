import {
  isMembers,
  listIn,
  membersIn,
  pairTask,
  textIn,
  type ForeignPair,
  type Members,
  type Reading,
} from './shape.ts';

/** Pairs of names under which labelling set-ups keep the two texts. */
const pairNames = [
  ['left', 'right'],
  ['answer_1', 'answer_2'],
  ['answer1', 'answer2'],
  ['response1', 'response2'],
  ['response_a', 'response_b'],
  ['completion_a', 'completion_b'],
] as const;

/** Label Studio's task with a pair in `data`; the annotations' pairwise results are kept. */
export const labelStudioTask: Reading = (record) => {
  const data = membersIn(record, 'data');
  const pair = data && pairIn(data);
  if (data === undefined || pair === undefined) return undefined;
  const results = (listIn(record, 'annotations') ?? [])
    .filter(isMembers)
    .flatMap((annotation) => listIn(annotation, 'result') ?? [])
    .filter(isMembers);
  return pairTask({
    format: 'label-studio',
    ...pair,
    id:
      textIn(data, 'tiebreak_id', 'id') ??
      (typeof record['id'] === 'number' ? `label-studio-${record['id']}` : undefined),
    verdict: { results: results.map(({ from_name: name, value }) => ({ name, value })) },
  });
};

/** Argilla's record, nested or with flat columns, with a pair in its fields. */
export const argillaRecord: Reading = (record) => {
  const flat = Object.keys(record).some((name) => name.endsWith('.responses'));
  const fields = membersIn(record, 'fields') ?? (flat ? record : undefined);
  const pair = fields && pairIn(fields);
  if (pair === undefined) return undefined;
  const metadata = membersIn(record, 'metadata') ?? {};
  const responses = flat
    ? Object.fromEntries(Object.entries(record).filter(([name]) => name.includes('.responses')))
    : record['responses'];
  const [one, other] = pair.answers;
  return pairTask({
    format: 'argilla',
    ...pair,
    id: textIn(metadata, 'tiebreak_id') ?? textIn(record, 'id'),
    language: textIn(metadata, 'language'),
    answers: [
      { ...one, model: textIn(metadata, 'model_1') },
      { ...other, model: textIn(metadata, 'model_2') },
    ],
    verdict: responses === undefined ? {} : { responses },
  });
};

function pairIn(data: Members): Pick<ForeignPair, 'prompt' | 'language' | 'answers'> | undefined {
  const prompt = textIn(data, 'prompt', 'instruction', 'question');
  for (const [first, second] of pairNames) {
    const [one, other] = [textIn(data, first), textIn(data, second)];
    if (prompt === undefined || one === undefined || other === undefined) continue;
    return {
      prompt,
      language: textIn(data, 'language'),
      answers: [
        { text: one, model: textIn(data, `${first}_model`) },
        { text: other, model: textIn(data, `${second}_model`) },
      ],
    };
  }
  return undefined;
}
