/** Keys that are none, by the address that shows them: whoever tries many is told to wait, and costs no query meanwhile. */
const WINDOW_MS = 60_000;
const FAILURES_MAX = 100;
/** Then all are forgotten: a memory that grows with the addresses would be one more thing to attack. */
const ADDRESSES_MAX = 10_000;

export class FailedKeys {
  private readonly byAddress = new Map<string, { count: number; until: number }>();

  /** @param now milliseconds of any clock that only goes forward */
  count(address: string, now: number): void {
    if (this.byAddress.size >= ADDRESSES_MAX) this.byAddress.clear();
    const known = this.current(address, now);
    this.byAddress.set(address, { count: (known?.count ?? 0) + 1, until: known?.until ?? now + WINDOW_MS });
  }

  isTooMany(address: string, now: number): boolean {
    return (this.current(address, now)?.count ?? 0) >= FAILURES_MAX;
  }

  private current(address: string, now: number): { count: number; until: number } | undefined {
    const known = this.byAddress.get(address);
    return known && known.until > now ? known : undefined;
  }
}
