import type { ApiKey } from '../../db/api-keys';

const KNOWN_MS = 30_000;
const KNOWN_MAX = 10_000;

/** Keys that were found, trusted for half a minute: a revoked key stops working soon, and a busy one costs no query. */
export class KnownKeys {
  private readonly known = new Map<string, { key: ApiKey; until: number }>();

  /**
   * @param name what the key is looked up by: its hash or its id
   * @param ask looks it up in the database; `isKnown` if it was found before. What it throws is passed on
   */
  async find(name: string, ask: (isKnown: boolean) => Promise<ApiKey | null>): Promise<ApiKey | null> {
    const remembered = this.known.get(name);
    if (remembered && remembered.until > performance.now()) return remembered.key;
    const key = await ask(remembered !== undefined);
    this.known.delete(name);
    if (this.known.size >= KNOWN_MAX) this.known.clear();
    if (key) this.known.set(name, { key, until: performance.now() + KNOWN_MS });
    return key;
  }
}
