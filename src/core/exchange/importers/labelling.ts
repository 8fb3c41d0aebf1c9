import { isNumber } from '../../text/exactNumber.ts';
import { isMembers, listIn, membersIn, textIn, type Members } from './members.ts';
import { messagesOf } from './messages.ts';
import { pairIn } from './namedPair.ts';
import { promptOf } from './pairs.ts';
import { conversationPair, type Shape } from './shape.ts';

/** Label Studio's task with a pair in `data`. Annotations are kept whole: user, time, duration and cancellation. */
export const labelStudioTask: Shape = {
  title: 'a Label Studio task',
  needs: [['data'], ['annotations', 'predictions', 'project']],
  read(record) {
    const data = membersIn(record, 'data');
    const prompt = data && promptOf(data);
    const pair = data && (pairIn(data) ?? rankedItems(data));
    if (data === undefined || prompt === undefined || pair === undefined) return undefined;
    const annotations = (listIn(record, 'annotations') ?? []).filter(isMembers);
    return conversationPair({
      format: 'label-studio',
      ownId: textIn(data, 'tiebreak_id'),
      foreignId: data['id'] ?? projectId(record),
      language: textIn(data, 'language'),
      prompt,
      one: pair.one,
      other: pair.other,
      models: pair.models,
      verdict: { annotations: annotations.map(annotationOf) },
    });
  },
};

/** The id with the project's number: task numbers start at 1 in each project. */
function projectId(record: Members): unknown {
  const { id, project } = record;
  return isNumber(id) ? `label-studio-${isNumber(project) ? `${String(project)}-` : ''}${String(id)}` : id;
}

const annotationNames = [
  'id',
  'completed_by',
  'was_cancelled',
  'ground_truth',
  'created_at',
  'updated_at',
  'lead_time',
];

function annotationOf(annotation: Members): Members {
  const about = annotationNames.flatMap((name) =>
    annotation[name] === undefined || annotation[name] === null ? [] : [[name, annotation[name]] as const],
  );
  const results = (listIn(annotation, 'result') ?? []).filter(isMembers);
  return {
    ...Object.fromEntries(about),
    result: results.map(({ from_name: name, type, value }) => ({
      name,
      ...(type !== undefined && { type }),
      value,
    })),
  };
}

/** The first two texts of a ranker's items. */
function rankedItems(data: Members): ReturnType<typeof pairIn> {
  const items = (listIn(data, 'items') ?? []).filter(isMembers);
  const [one, other] = items.map((item) =>
    messagesOf(item['body'] ?? item['text'] ?? item['html'], 'assistant'),
  );
  return one === undefined || other === undefined
    ? undefined
    : { one, other, models: [undefined, undefined] };
}

/** Argilla's record, nested or with flat columns, with a pair in its fields. */
export const argillaRecord: Shape = {
  title: 'an Argilla record',
  needs: [['fields', 'responses', 'suggestions']],
  read(record) {
    const flat = Object.keys(record).some((name) => name.endsWith('.responses'));
    const fields = membersIn(record, 'fields') ?? (flat ? record : undefined);
    const prompt = fields && promptOf(fields);
    const pair = fields && pairIn(fields);
    if (fields === undefined || prompt === undefined || pair === undefined) return undefined;
    const metadata = membersIn(record, 'metadata') ?? {};
    const responses = flat
      ? Object.fromEntries(Object.entries(record).filter(([name]) => name.includes('.responses')))
      : record['responses'];
    return conversationPair({
      format: 'argilla',
      ownId: textIn(metadata, 'tiebreak_id'),
      foreignId: record['id'] ?? record['external_id'],
      language: textIn(metadata, 'language') ?? textIn(fields, 'language'),
      prompt,
      one: pair.one,
      other: pair.other,
      models: [textIn(metadata, 'model_1'), textIn(metadata, 'model_2')],
      verdict: responses === undefined ? {} : { responses },
    });
  },
};
