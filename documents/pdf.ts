import pdfmake from 'pdfmake';
import { fontFiles } from './fonts';
import { layoutOf } from './layout';
import type { Sheet } from './sheet';

const FONTS = fontFiles();
const FILES = new Set(Object.values(FONTS).flatMap(({ normal, bold }) => [normal, bold]));

pdfmake.setFonts(FONTS);
// What a seller or a customer wrote is text, and never the name of a file or a page.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => FILES.has(path));

/** The same sheet always gives the same bytes. */
export async function pdfOf(sheet: Sheet): Promise<Uint8Array> {
  return pdfmake.createPdf(layoutOf(sheet)).getBuffer();
}
