/** Counts invalid keys by address. An address that tries many must wait, and costs no query meanwhile. */
const WINDOW_MS = 60_000;
const FAILURES_MAX = 100;
/** At this number the memory is cleared. If it grew with the addresses, attackers could exhaust it. */
const ADDRESSES_MAX = 10_000;

export class FailedKeys {
  private readonly byAddress = new Map<string, { count: number; until: number }>();

  /** @param now milliseconds of any monotonic clock */
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
