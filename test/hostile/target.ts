import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createSocket, type Socket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';

/** What an attack would want from the host: secrets, a place to write to, and listening sockets. */
export interface AttackTarget {
  /** Part of every secret and of nothing else: if it is printed, the attack succeeded. */
  readonly secret: string;
  /** A user's home folder, with keys. */
  readonly home: string;
  readonly tcpPort: number;
  readonly udpPort: number;
  /** The path of a listening socket, and the name of an abstract socket. */
  readonly socketPath: string;
  readonly abstractName: string;
  /** Everything that the sockets received. */
  readonly received: readonly string[];
  /** Removes everything. */
  close(): Promise<void>;
}

/** Creates the target. The environment of this process contains the secret too. */
export async function createTarget(): Promise<AttackTarget> {
  const secret = `secret-${randomUUID()}`;
  const home = '/home/person';
  mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  for (const path of ['.ssh/id_ed25519', '.netrc', 'notes.txt']) writeFileSync(join(home, path), secret);
  process.env['TIEBREAK_TOKEN'] = secret;
  const received: string[] = [];
  const socketPath = join(home, 'agent.sock');
  const abstractName = `tiebreak-${randomUUID()}`;
  const servers = await Promise.all(
    [{ port: 0, host: '127.0.0.1' }, { path: socketPath }, { path: `\0${abstractName}` }].map((place) =>
      listen(place, received),
    ),
  );
  const udp = await receive(received);
  const [tcp] = servers.map((server) => server.address());
  return {
    secret,
    home,
    tcpPort: (tcp as { port: number }).port,
    udpPort: udp.address().port,
    socketPath,
    abstractName,
    received,
    async close() {
      delete process.env['TIEBREAK_TOKEN'];
      udp.close();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function listen(place: { port?: number; host?: string; path?: string }, received: string[]): Promise<Server> {
  const server = createServer((socket) => {
    received.push(JSON.stringify(place));
    socket.destroy();
  });
  return new Promise((resolve) => server.listen(place, () => resolve(server)));
}

function receive(received: string[]): Promise<Socket> {
  const socket = createSocket('udp4', () => received.push('udp'));
  return new Promise((resolve) => socket.bind(0, '127.0.0.1', () => resolve(socket)));
}
