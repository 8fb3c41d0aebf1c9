// The first lines of `npm run bench`: the machine, without which the figures mean nothing, and the head of the table.

import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';

const cpu = cpus()[0]?.model ?? 'unknown processor';
const memory = Math.round(totalmem() / 2 ** 30);
console.log(
  `${availableParallelism()} × ${cpu}, ${memory} GB, ${platform()} ${release()} ${arch()}, Node ${process.version}`,
);
console.log(
  `${'name'.padEnd(60)} | ${'measured'.padStart(16)} | ${'goal'.padStart(20)} | ${'ratio'.padStart(8)}`,
);
