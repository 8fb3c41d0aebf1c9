import { isExactNumbers, type ExactNumbers } from './exactNumbers.ts';

interface Body {
  readonly body: unknown;
  readonly numbers?: ExactNumbers;
}

/** What a wire carries: the message, and what it is. */
export type Envelope =
  | (Body & { readonly tiebreak: 'request'; readonly id: number; readonly name: string })
  | (Body & { readonly tiebreak: 'reply'; readonly id: number })
  | { readonly tiebreak: 'failure'; readonly id: number; readonly message: string }
  | (Body & { readonly tiebreak: 'event'; readonly name: string });

/** Checks that a message is an envelope. Returns the reason if it is not. Does not check the body. */
export function readEnvelope(message: unknown): Envelope | string {
  if (typeof message !== 'object' || message === null) return 'it is not an object';
  const envelope = message as Partial<Record<'tiebreak' | 'id' | 'name' | 'message' | 'numbers', unknown>>;
  const { tiebreak, numbers } = envelope;
  const fields = Object.hasOwn(fieldsOf, String(tiebreak))
    ? fieldsOf[tiebreak as Envelope['tiebreak']]
    : undefined;
  if (fields === undefined) return 'its kind is unknown';
  const wrong = fields.find((name) => !isField(name, envelope[name]));
  if (wrong !== undefined) return `its "${wrong}" is missing or wrong`;
  if (tiebreak !== 'failure' && numbers !== undefined && !isExactNumbers(numbers))
    return 'its "numbers" are not exact numbers';
  return message as Envelope;
}

type Field = 'id' | 'name' | 'message';

const fieldsOf: Readonly<Record<Envelope['tiebreak'], readonly Field[]>> = {
  request: ['id', 'name'],
  reply: ['id'],
  failure: ['id', 'message'],
  event: ['name'],
};

function isField(name: Field, value: unknown): boolean {
  return name === 'id' ? Number.isSafeInteger(value) : typeof value === 'string';
}
