/**
 * Starts all of them at once, so that they wait side by side, and gives each a test of its own.
 *
 * @param ready what has to be there before the first one starts
 */
export function testSideBySide(cases: Record<string, () => Promise<void>>, ready: () => Promise<void>): void {
  const results = new Map<string, Promise<void>>();
  beforeAll(async () => {
    await ready();
    for (const [name, run] of Object.entries(cases)) {
      const result = run();
      result.catch(() => undefined);
      results.set(name, result);
    }
  }, 120_000);
  test.each(Object.keys(cases))(
    '%s',
    async (name) => {
      await results.get(name);
    },
    120_000,
  );
}
