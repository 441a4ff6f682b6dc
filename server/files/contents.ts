/** The bytes of a file: by the key of its account, or by a link. */
import { Router, type Response } from 'express';
import { findLinkedFile, readContent } from '../../db/files';
import { idOfDocumentToken } from '../../db/ids';
import { findRow } from '../../db/lookup';
import { isOver, type StoredFile } from '../../domain/rows/file';
import { contextOf, scopeOf } from '../http/context';
import type { Dependencies } from '../http/dependencies';
import { HttpError } from '../http/errors';
import { missing } from '../http/request';
import { limitVisitors } from '../middleware/limit-visitors';
import { FILE_CONTENTS, FILE_LINK } from './paths';

/** Browsers show these, and run nothing in them. Everything else is a download. */
const SHOWN: Record<string, string> = { pdf: 'application/pdf', png: 'image/png', jpg: 'image/jpeg', gif: 'image/gif' };
const POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

export function fileContents(deps: Dependencies): Router {
  const router = Router();
  router.get(FILE_CONTENTS, async (request, response) => {
    contextOf(response).operation = `GET ${FILE_CONTENTS}`;
    const id = request.params.file;
    const file = await findRow(deps.sql, 'file', scopeOf(response), id);
    if (file === null || isOver(file, Math.floor(Date.now() / 1000))) return missing('file', id);
    await sendFile(deps, response, file);
    return undefined;
  });
  router.get(FILE_LINK, limitVisitors(), async (request, response) => {
    contextOf(response).operation = `GET ${FILE_LINK}`;
    const id = idOfDocumentToken(deps.tokenSecrets, String(request.params['token']));
    const found = id?.startsWith('link_') ? await findLinkedFile(deps.sql, id) : null;
    const now = Math.floor(Date.now() / 1000);
    if (found === null || isOver(found.link, now) || isOver(found.file, now))
      throw new HttpError(404, 'There is no such file, or its link has expired.');
    await sendFile(deps, response, found.file);
  });
  return router;
}

export async function sendFile({ sql }: Dependencies, response: Response, file: StoredFile): Promise<void> {
  const shown = SHOWN[file.type ?? ''];
  const name = file.filename ?? file.id;
  const plain = name.replace(/[^\w.-]+/g, '-');
  response
    .setHeader('Content-Security-Policy', POLICY)
    .setHeader('Cache-Control', 'private, no-store')
    .setHeader('X-Content-Type-Options', 'nosniff')
    .setHeader('X-Robots-Tag', 'noindex')
    .setHeader(
      'Content-Disposition',
      `${shown === undefined ? 'attachment' : 'inline'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`,
    )
    .type(shown ?? 'application/octet-stream')
    .send(await readContent(sql, file));
}

const escape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
