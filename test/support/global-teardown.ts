/** Stops what the setup of this run started, and nothing else. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.dunlinTestStack?.stop();
}
