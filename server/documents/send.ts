/** Sends documents to browsers. */
import type { Response } from 'express';
import { RendererBusy } from '../../documents/renderer';
import type { Sheet } from '../../documents/sheet';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { rendererOf } from './renderer';

const POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

export async function sendPdf(deps: Dependencies, response: Response, sheet: Sheet): Promise<void> {
  const bytes = await pdfOf(deps, sheet);
  send(response, `${sheet.title} ${sheet.number ?? ''}.pdf`, 'application/pdf', Buffer.from(bytes));
}

/** @throws HttpError 503 if too many documents wait */
export async function pdfOf(deps: Dependencies, sheet: Sheet): Promise<Uint8Array> {
  try {
    return await rendererOf(deps).pdf(sheet);
  } catch (error) {
    if (!(error instanceof RendererBusy)) throw error;
    throw new HttpError(503, `Too many documents are asked for at the moment: ${error.message}. Try again in some seconds.`, {
      type: 'api_error',
    });
  }
}

export function send(response: Response, name: string, type: string, content: Buffer | string): void {
  response
    .setHeader('Content-Security-Policy', POLICY)
    .setHeader('Cache-Control', 'private, no-store')
    .setHeader('X-Robots-Tag', 'noindex')
    .setHeader('Content-Disposition', `inline; filename="${name.replace(/[^\w.-]+/g, '-')}"`)
    .type(type)
    .send(content);
}
