import { until as holds } from '../until.ts';

/** Polls the editor until it shows the expected value, and fails with the last value. */
export async function until<Seen>(
  look: () => Seen | Thenable<Seen>,
  fits: (seen: Seen) => boolean,
): Promise<Seen> {
  let seen = await look();
  await holds(
    async () => fits((seen = await look())),
    () => JSON.stringify(seen),
  );
  return seen;
}
