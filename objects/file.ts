import { isOver, type FileLink, type StoredFile } from '../domain/rows/file';
import type { Rows } from '../domain/rows/rows';
import type { WireFile, WireFileLink } from './shapes/file';
import { listOf, type RenderContext } from './wire';

/** The links that a file shows; the rest is at the list's `url`. */
const LINKS_SHOWN = 10;

export function toStripeFile(
  { id, created, expiresAt, filename, purpose, size, type }: StoredFile,
  rows: Rows,
  context: RenderContext,
): WireFile {
  const links = rows.where('fileLink', (link) => link.file === id).reverse();
  const shown = links.slice(0, LINKS_SHOWN).map((link) => toStripeFileLink(link, rows, context));
  return {
    id,
    object: 'file',
    created,
    expires_at: expiresAt,
    filename,
    links: listOf(shown, `/v1/file_links?file=${id}`, links.length > LINKS_SHOWN),
    purpose,
    size,
    title: null,
    type,
    url: context.linkTo(id),
  };
}

export function toStripeFileLink(link: FileLink, _rows: Rows, { now, linkTo }: RenderContext): WireFileLink {
  const { id, created, expiresAt, file, livemode, metadata } = link;
  const expired = isOver(link, now);
  return { id, object: 'file_link', created, expired, expires_at: expiresAt, file, livemode, metadata, url: expired ? null : linkTo(id) };
}
