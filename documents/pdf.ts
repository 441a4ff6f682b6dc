import pdfmake from 'pdfmake';
import { FACTUR_X_METADATA } from './e-invoice/factur-x';
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
  const output = pdfmake.createPdf(layoutOf(sheet)) as unknown as Output;
  if (sheet.facturX !== null) (await output.getStream()).appendXML(FACTUR_X_METADATA);
  return output.getBuffer();
}

/** The document of pdfkit, whose metadata pdfmake's types do not show. */
interface Output {
  getStream(): Promise<{ appendXML(xml: string): void }>;
  getBuffer(): Promise<Uint8Array>;
}
