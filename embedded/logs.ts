import { readdirSync, statSync } from 'node:fs';
import { copyFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';

const bytesMax = 20_000_000;
const everyMs = 10_000;

/** The rotation of logs. */
export interface Rotation {
  /** Returns after the last check is over. */
  stop(): Promise<void>;
}

/**
 * Moves logs to `.1` when they exceed 20 MB, now and while their programs write. Programs write into their files themselves and append, so
 * a log is copied and emptied instead of renamed. Lines written between the two are lost.
 *
 * @param folder the folder whose `*.log` files are rotated
 */
export function rotateLogs(folder: string, limits: { bytesMax: number; everyMs: number } = { bytesMax, everyMs }): Rotation {
  let rotating = Promise.resolve();
  const look = (): void => {
    rotating = rotating.then(() => setAside(folder, limits.bytesMax));
  };
  look();
  const timer = setInterval(look, limits.everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await rotating;
    },
  };
}

async function setAside(folder: string, max: number): Promise<void> {
  for (const file of logsOf(folder)) {
    try {
      if (statSync(file).size <= max) continue;
      await copyFile(file, `${file}.1`);
      await truncate(file);
    } catch {
      // Perhaps a full disk: retried at the next check.
    }
  }
}

function logsOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.log'))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
