import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { messageOf } from '../../../core/errors.ts';
import type { Data, Exit, Launch, SandboxProcess } from './firstProcess.ts';
import { frameHead, frameReader } from './frames.ts';
import { isGone, killInit } from './init.ts';

// The host's side of native/starter.c, a small process that starts sandboxes and passes their bytes on. It saves the host
// from copying its own process for every sandbox, which takes longer than everything else, and from a socket for each stream.

/** Frames to the starter and from it: `request` and `reply` in native/starter.c. */
const request = { start: 1, send: 2, kill: 3, write: 4 } as const;
const reply = { output: 1, init: 2, exit: 3, failed: 4 } as const;
/** `struct start` and `struct piece` there. */
const noUser = 0xffff_ffff;
const piece = { bytes: 0, path: 1 } as const;

/** How long the sandbox's first process may take to die before bwrap itself is killed. */
const graceMs = 200;

/** Starts sandboxes whose first process is the compiled helper. */
export interface Starter {
  /**
   * `exited` says why the sandbox could not be started. Throws only for words that no program can have: those with a NUL
   * character.
   */
  start(launch: Launch, talks: boolean): SandboxProcess;
}

/**
 * Starts the starter when it is first needed, and again if it has ended. It ends with this process, and does not keep this
 * process alive unless a sandbox is in use.
 */
export function createStarter(program: string): Starter {
  let connection: Connection | undefined;
  let number = 0;
  return {
    start(launch, talks) {
      if (connection?.isOpen !== true) connection = new Connection(program);
      number = (number + 1) % noUser;
      return connection.start(number, launch, talks);
    },
  };
}

/** One starter and its sandboxes. */
class Connection {
  readonly #child: ChildProcess;
  readonly #input: Socket;
  readonly #sandboxes = new Map<number, Started>();
  readonly #inUse = new Set<Started>();
  isOpen = true;

  constructor(program: string) {
    this.#child = spawn(program, ['start'], { env: {}, stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child.once('error', (error) => this.#end(messageOf(error)));
    this.#child.once('exit', () => this.#end('the process that starts sandboxes has ended'));
    // The end of the process says why bytes could not be written.
    this.#input = this.#child.stdin as Socket;
    this.#input.on('error', () => undefined);
    const replies = frameReader(3, ([number, kind], content) =>
      this.#sandboxes.get(number!)?.take(kind!, content),
    );
    this.#child.stdout!.on('data', replies);
    this.#keepAlive(false);
  }

  start(number: number, launch: Launch, talks: boolean): SandboxProcess {
    const content = startRequest(launch, talks);
    const line: Line = {
      send: (kind, contents) => this.#send(number, kind, contents),
      hold: () => {
        this.#inUse.add(sandbox);
        this.#keepAlive(true);
      },
      forget: () => {
        this.#sandboxes.delete(number);
        this.#inUse.delete(sandbox);
        this.#keepAlive(this.#inUse.size > 0);
      },
    };
    const sandbox = new Started(line, talks);
    this.#sandboxes.set(number, sandbox);
    this.#send(number, request.start, content);
    return sandbox;
  }

  #send(number: number, kind: number, contents: readonly Uint8Array[]): void {
    if (!this.isOpen) return;
    const size = contents.reduce((sum, part) => sum + part.byteLength, 0);
    this.#input.cork();
    this.#input.write(frameHead(number, kind, size));
    for (const part of contents) this.#input.write(part);
    this.#input.uncork();
  }

  #end(why: string): void {
    this.isOpen = false;
    for (const sandbox of this.#sandboxes.values()) sandbox.end({ ran: false, error: why });
  }

  #keepAlive(isInUse: boolean): void {
    for (const handle of [this.#child, this.#input, this.#child.stdout as Socket])
      if (isInUse) handle.ref();
      else handle.unref();
  }
}

/** What a sandbox needs of its connection. */
interface Line {
  send(kind: number, contents: readonly Uint8Array[]): void;
  hold(): void;
  forget(): void;
}

/** A sandbox that the starter has started. */
class Started implements SandboxProcess {
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  readonly channel = new EventEmitter();
  readonly report = new EventEmitter();
  readonly input: Writable | null;
  readonly exited: Promise<Exit>;
  readonly #line: Line;
  readonly #listeners: ((init: number) => void)[] = [];
  #resolve!: (exit: Exit) => void;
  #init: number | undefined;
  #hasEnded = false;

  constructor(line: Line, talks: boolean) {
    this.#line = line;
    this.input = talks ? inputOf(line) : null;
    this.exited = new Promise((resolve) => (this.#resolve = resolve));
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  give(job: readonly Uint8Array[]): void {
    if (this.#hasEnded) return;
    this.#line.hold();
    this.#line.send(request.send, job);
  }

  onInit(listener: (init: number) => void): void {
    if (this.#init !== undefined) listener(this.#init);
    else this.#listeners.push(listener);
  }

  /**
   * Kills the first process inside as soon as its PID is known. If that does not work within a moment, kills bwrap. Not
   * earlier: a bwrap that is killed during its start could leave processes behind.
   */
  kill(): void {
    if (this.#hasEnded) return;
    this.onInit(killInit);
    setTimeout(() => {
      if (!this.#hasEnded) this.#line.send(request.kill, []);
    }, graceMs).unref();
  }

  gone(): Promise<boolean> {
    return isGone(this.#init);
  }

  close(): void {
    // The starter has closed everything.
  }

  /** Takes a reply of the starter. */
  take(kind: number, content: Buffer): void {
    switch (kind) {
      case reply.init:
        this.#init = content.readUInt32LE();
        for (const listener of this.#listeners.splice(0)) listener(this.#init);
        break;
      case reply.output:
        this.#output(content);
        break;
      case reply.exit:
        this.end({ ran: content[0] === 1, error: undefined, words: content.toString('utf8', 1) });
        break;
      case reply.failed:
        this.end({ ran: false, error: content.toString('utf8') });
        break;
      default:
        throw new RangeError(`the starter sent an unknown reply: ${kind}`);
    }
  }

  end(exit: Exit): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#line.forget();
    for (const stream of this.#streams) stream.emit('close');
    this.#resolve(exit);
  }

  /** By the kinds of frames of native/helper.c, from 1 on. The frame that says that the sandbox is ready has no stream. */
  get #streams(): readonly EventEmitter[] {
    return [this.stdout, this.stderr, this.channel, this.report];
  }

  readonly #output = frameReader(2, ([kind], content) => this.#streams[kind! - 1]?.emit('data', content));
}

/** Writes to the program while it runs. Bytes for a program that has ended are dropped. */
function inputOf(line: Line): Writable {
  return new Writable({
    write(bytes: Buffer, _encoding, done) {
      // A frame without content would end the input.
      if (bytes.byteLength > 0) line.send(request.write, [bytes]);
      done();
    },
    final(done) {
      line.send(request.write, []);
      done();
    },
  });
}

function startRequest({ program, argv, data, user }: Launch, talks: boolean): Uint8Array[] {
  const words = [program, ...argv].map(word);
  const { uid, gid } = user ?? { uid: noUser, gid: noUser };
  const start = frameHead(words.length, data.length, uid, gid, talks ? 1 : 0);
  return [start, ...words, ...data.flatMap(pieceOf)];
}

function pieceOf(data: Data): Uint8Array[] {
  if (data instanceof Uint8Array) return [frameHead(piece.bytes, data.byteLength), data];
  const path = word(data.path);
  return [frameHead(piece.path, path.byteLength), path];
}

function word(text: string): Uint8Array {
  if (text.includes('\0')) throw new RangeError(`${JSON.stringify(text)} must be a text without null bytes`);
  return Buffer.from(`${text}\0`);
}
