/** Stops what the setup of this run started, and nothing else. */
export default async function globalTeardown(): Promise<void> {
  // Lent by this process itself where Jest has no others, as for one file.
  await globalThis.dunlinLentSystem?.stop();
  await globalThis.dunlinTestStack?.stop();
}
