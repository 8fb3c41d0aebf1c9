import * as z from 'zod';
import type { Outcome } from '../../core/differing/outcome.ts';
import { parseJson } from '../../core/text/exactNumber.ts';
import type { WireValue } from '../outcome/value.ts';
import { memoryErrors } from '../languages/shared/shared.ts';

const printed = {
  text: z.string().optional(),
  size: z.number().optional(),
  sum: z.number().optional(),
  head: z.string().optional(),
  us: z.int().default(0),
};

/** The frame that a driver writes for one input. */
const frameSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('done'), value: z.custom<WireValue>(), us: z.int().default(0) }),
  z.object({ stage: z.literal('long'), ...printed }),
  z.object({ stage: z.literal('exit'), exit: z.int(), ...printed }),
  z.object({ stage: z.enum(['load', 'call']), names: z.array(z.string()), message: z.string() }),
  z.object({ stage: z.literal('missing') }),
  z.object({ stage: z.literal('unsupported'), message: z.string() }),
  z.object({ stage: z.literal('limit'), limit: z.enum(['cpu', 'wall', 'output', 'memory']) }),
  z.object({ stage: z.literal('died'), signal: z.string() }),
]);
type Frame = z.infer<typeof frameSchema>;

/** Reads a driver's frame. `isCall`: the answer is called; else it prints. */
export function readFrame(line: string, isCall: boolean): Outcome {
  let value: unknown;
  try {
    value = parseJson(line);
  } catch {
    value = undefined;
  }
  const frame = frameSchema.safeParse(value).data;
  return frame === undefined ? unknown('the report of the driver is broken') : outcomeOf(frame, isCall);
}

function outcomeOf(frame: Frame, isCall: boolean): Outcome {
  switch (frame.stage) {
    case 'done':
      return { kind: 'value', value: frame.value, ms: frame.us / 1000 };
    case 'long':
      return longOf(frame);
    case 'exit':
      if (frame.exit !== 0 || isCall) return crash(`exit status ${frame.exit}`);
      return frame.text === undefined
        ? longOf(frame)
        : { kind: 'text', text: frame.text, ms: frame.us / 1000 };
    case 'load':
    case 'call': {
      const { names, message } = frame;
      if (names.some((name) => memoryErrors.includes(name))) return { kind: 'limit', limit: 'memory' };
      return crash(names[0] ?? 'an error', message);
    }
    case 'missing':
      return crash('missing function');
    case 'unsupported':
      return unknown(frame.message);
    case 'limit':
      return { kind: 'limit', limit: frame.limit === 'cpu' || frame.limit === 'wall' ? 'time' : frame.limit };
    case 'died':
      return frame.signal === 'SIGKILL'
        ? { kind: 'limit', limit: 'memory' }
        : crash(`ended by ${frame.signal}`);
  }
}

function longOf({
  size = 0,
  sum = 0,
  head = '',
  us,
}: Omit<Extract<Frame, { stage: 'long' }>, 'stage'>): Outcome {
  return { kind: 'long', head, size, sum, ms: us / 1000 };
}

function crash(error: string, message = ''): Outcome {
  return { kind: 'crash', error, message };
}

function unknown(reason: string): Outcome {
  return { kind: 'unknown', reason };
}
