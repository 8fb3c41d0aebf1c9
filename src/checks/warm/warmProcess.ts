import * as z from 'zod';
import type {
  Conversation,
  JobEnd,
  Sandbox,
  SandboxJob,
  SandboxOutcome,
} from '../../runner/sandbox/sandbox.ts';
import { frame, readFrames } from './frames.ts';

/** A process that stays up in its sandbox: `programs/stay.ts`. */
export interface WarmProcess {
  /** Resolves with the reply, or with why the process ended before it replied. One request at a time. */
  ask(request: object): Promise<Reply | { readonly end: JobEnd }>;
  isRunning(): boolean;
  /** Kills it, unless it has ended before; `ask` then resolves with this end. */
  end(end: JobEnd): void;
  /** Resolves when the whole process tree is gone. */
  readonly ended: Promise<SandboxOutcome>;
}

const replySchema = z.object({
  /** What the checker would print; absent if it must start anew for these files. */
  output: z.string().optional(),
  memoryBytes: z.number(),
  /** Processor time that this check took. */
  cpuMs: z.number(),
});
export type Reply = z.infer<typeof replySchema>;

export type WarmJob = Omit<SandboxJob, 'stdin' | 'channel' | 'collect' | 'talk' | 'isIdle'>;

/**
 * Resolves with `undefined` if this sandbox cannot keep a process, or the process cannot be started.
 * @param mostBytes Bytes of a reply.
 */
export async function startWarmProcess(
  sandbox: Sandbox,
  job: WarmJob,
  mostBytes: number,
): Promise<WarmProcess | undefined> {
  const status = await sandbox.status();
  // Only the compiled helper ends everything at once, also if this process is killed.
  if (!status.usable || status.talks !== true || status.approximate) return undefined;
  const kill = new AbortController();
  return await new Promise((resolve) => {
    const talk = (program: Conversation): void => {
      const ended = Promise.resolve().then(() => run);
      resolve(conversing(program, { ended, kill: () => kill.abort(), mostBytes }));
    };
    const run = sandbox.run({ ...job, channel: true, talk }, kill.signal);
    // Without a conversation, the program has not started.
    void run.finally(() => resolve(undefined));
  });
}

interface Running {
  readonly ended: Promise<SandboxOutcome>;
  readonly kill: () => void;
  readonly mostBytes: number;
}

function conversing({ input, channel }: Conversation, { ended, kill, mostBytes }: Running): WarmProcess {
  let isRunning = true;
  let why: JobEnd | undefined;
  let onReply: ((reply: Reply) => void) | undefined;
  const end = (reason: JobEnd): void => {
    if (!isRunning) return;
    isRunning = false;
    why = reason;
    kill();
  };
  const over = ended.then((outcome) => {
    isRunning = false;
    return { end: why ?? outcome.end };
  });
  readFrames(channel, mostBytes, {
    onMessage(text) {
      const reply = replyIn(text);
      // Something that nobody asked for: the process cannot be trusted with the next answer.
      if (reply === undefined || onReply === undefined) end('failed');
      else onReply(reply);
      onReply = undefined;
    },
    onTooLong: () => end('output'),
  });
  return {
    ask: (request) =>
      Promise.race([
        new Promise<Reply>((resolve) => {
          onReply = resolve;
          input.write(frame(request));
        }),
        over,
      ]),
    isRunning: () => isRunning,
    end,
    ended,
  };
}

function replyIn(text: string): Reply | undefined {
  try {
    return replySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
