import { Renderer, RendererBusy } from '../../documents/renderer';
import { LIMITS } from '../../domain/core/limits';
import type { Sheet } from '../../documents/sheet';

const SHEET: Sheet = {
  ...{ title: 'Invoice', language: 'en', pageSize: 'A4', madeAt: 1_700_000_000, stamp: null, number: 'A-1', facts: [] },
  ...{ seller: { heading: 'From', lines: ['Seller'] }, parties: [], headline: null, memo: null, columns: [], lines: [], sums: [] },
  ...{ tables: [], notes: [], footer: null, facturX: null, pageNumber: '{page}' },
};

test('when too many documents wait, another one is refused at once, and all that wait end when the process does', async () => {
  const renderer = new Renderer();
  const { max } = LIMITS.waitingDocuments;
  const waiting = Array.from({ length: max }, () => renderer.pdf(SHEET).then(String, String));
  await expect(renderer.pdf(SHEET)).rejects.toThrow(RendererBusy);
  await renderer.stop();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['Error: the renderer of documents has stopped']));
  await expect(renderer.pdf(SHEET)).rejects.toThrow('stopped');
});
