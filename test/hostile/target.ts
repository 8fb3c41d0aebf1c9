import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createSocket, type Socket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';

/** What the host has that an attack would like: secrets, a place to write to, and somebody who listens. */
export interface Prize {
  /** Stands in each secret and nowhere else: printed, it gives the attack away. */
  readonly secret: string;
  /** A folder of a person, with keys. */
  readonly home: string;
  readonly tcpPort: number;
  readonly udpPort: number;
  /** A listening socket's path, and the name of an abstract one. */
  readonly socketPath: string;
  readonly abstractName: string;
  /** What came in at any of them. */
  readonly heard: readonly string[];
  /** Takes it all away. */
  close(): Promise<void>;
}

/** Lays the prize out. The environment of this process holds the secret too. */
export async function layOut(): Promise<Prize> {
  const secret = `secret-${randomUUID()}`;
  const home = '/home/person';
  mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  for (const path of ['.ssh/id_ed25519', '.netrc', 'notes.txt']) writeFileSync(join(home, path), secret);
  process.env['TIEBREAK_TOKEN'] = secret;
  const heard: string[] = [];
  const socketPath = join(home, 'agent.sock');
  const abstractName = `tiebreak-${randomUUID()}`;
  const servers = await Promise.all(
    [{ port: 0, host: '127.0.0.1' }, { path: socketPath }, { path: `\0${abstractName}` }].map((place) =>
      listen(place, heard),
    ),
  );
  const udp = await receive(heard);
  const [tcp] = servers.map((server) => server.address());
  return {
    secret,
    home,
    tcpPort: (tcp as { port: number }).port,
    udpPort: udp.address().port,
    socketPath,
    abstractName,
    heard,
    async close() {
      delete process.env['TIEBREAK_TOKEN'];
      udp.close();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function listen(place: { port?: number; host?: string; path?: string }, heard: string[]): Promise<Server> {
  const server = createServer((socket) => {
    heard.push(JSON.stringify(place));
    socket.destroy();
  });
  return new Promise((resolve) => server.listen(place, () => resolve(server)));
}

function receive(heard: string[]): Promise<Socket> {
  const socket = createSocket('udp4', () => heard.push('udp'));
  return new Promise((resolve) => socket.bind(0, '127.0.0.1', () => resolve(socket)));
}
