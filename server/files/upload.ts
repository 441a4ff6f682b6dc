/**
 * Reads the multipart form of an upload, stores the bytes, and leaves a form that names them. So an upload is validated, repeated and answered
 * as every other request. Node parses the form, so the whole of it is in memory: it is small, and few are read at once.
 */
import { createHash } from 'node:crypto';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { keepContent } from '../../db/files';
import { fileTypeOf, type Upload } from '../../domain/access/files';
import { LIMITS } from '../../domain/core/limits';
import { withoutHidden } from '../../domain/core/visible-text';
import { refusal } from '../http/acceptable-text';
import { scopeOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { ParameterError } from '../http/parameter-error';

const PATH = '/v1/files';
const FORM_BYTES = LIMITS.fileBytes.max + 65_536;

export const isUpload = ({ method, originalUrl }: Pick<Request, 'method' | 'originalUrl'>): boolean =>
  method === 'POST' && originalUrl.split('?')[0]?.replace(/\/$/, '') === PATH;

/** After authentication: nobody without a key has a large body read. */
export function receiveUpload({ sql }: Dependencies): RequestHandler[] {
  let reading = 0;
  const read: RequestHandler = express.raw({ type: () => true, limit: FORM_BYTES });
  return [
    (request: Request, response: Response, next: NextFunction): void => {
      if (!isUpload(request)) {
        next();
        return;
      }
      if (!(request.headers['content-type'] ?? '').startsWith('multipart/form-data')) {
        throw new HttpError(400, 'A file is uploaded as multipart/form-data.');
      }
      if (reading >= LIMITS.uploadsAtOnce.max)
        throw new HttpError(429, 'Too many files are being uploaded. Try again.', { code: 'rate_limit' });
      reading += 1;
      response.once('close', () => {
        reading -= 1;
      });
      read(request, response, next);
    },
    async (request: Request, response: Response, next: NextFunction): Promise<void> => {
      if (isUpload(request)) await toForm(request, response, sql);
      next();
    },
  ];
}

async function toForm(request: Request, response: Response, sql: Dependencies['sql']): Promise<void> {
  const form = await parse(request);
  const fields = new URLSearchParams();
  const sent: unknown = request.body;
  for (const [name, value] of [...form] as [string, File | string][]) {
    if (name === 'file' && typeof value !== 'string') {
      for (const [key, each] of Object.entries(await keep(value, response, sql))) fields.append(`file[${key}]`, String(each ?? ''));
    } else if (typeof value !== 'string') {
      throw new ParameterError('parameter_unknown', `Received unknown parameter: ${name.slice(0, 100)}`, name.slice(0, 100));
    } else if (name === 'file' || name.startsWith('file[')) {
      throw new ParameterError('parameter_invalid', 'Invalid file: it must be a part of the form with a filename.', 'file');
    } else {
      requireAsSent(sent as Buffer, name, '');
      requireAsSent(sent as Buffer, value, name);
      fields.append(name, value);
    }
  }
  request.body = Buffer.from(fields.toString());
  request.headers['content-type'] = 'application/x-www-form-urlencoded';
}

/** The reader of forms puts U+FFFD in place of what is not UTF-8. A text that was sent with it has its bytes. */
function requireAsSent(sent: Buffer, text: string, param: string): void {
  if (text.includes('\u{fffd}') && !sent.includes(text)) throw refusal('it is not valid UTF-8', param);
}

async function parse(request: Request): Promise<FormData> {
  const type = request.headers['content-type'] ?? '';
  const body: unknown = request.body;
  try {
    return await new globalThis.Response(body as Buffer<ArrayBuffer>, { headers: { 'Content-Type': type } }).formData();
  } catch {
    throw new HttpError(400, 'The multipart form cannot be read.');
  }
}

async function keep(file: File, response: Response, sql: Dependencies['sql']): Promise<Upload> {
  const data = Buffer.from(await file.arrayBuffer());
  const sha256 = createHash('sha256').update(data).digest('hex');
  if (data.length > LIMITS.fileBytes.max) throw new HttpError(413, `A file has at most ${String(LIMITS.fileBytes.max)} bytes.`);
  if (data.length > 0) await keepContent(sql, scopeOf(response), { sha256, data });
  const filename = nameOf(file.name);
  return { filename, size: data.length, type: fileTypeOf(data, filename), sha256 };
}

/** Without folders, and without what a terminal or a header could not show. */
function nameOf(name: string): string | null {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const visible = withoutHidden(last.replace(/[\t\n\r\u2028\u2029]/g, ''));
  const shown = visible
    .slice(-200)
    .replace(/^\p{Surrogate}/u, '')
    .trim();
  return shown === '' ? null : shown;
}
