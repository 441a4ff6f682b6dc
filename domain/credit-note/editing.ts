import type { ChangeSet } from '../core/change-set';
import { mergeMetadata } from '../core/metadata';
import { omitUndefined } from '../core/omit-undefined';
import type { Metadata } from '../rows/resource';

/** Changes the memo and the metadata; a null memo removes it. The amounts of a note never change. */
export function editCreditNote(
  changes: ChangeSet,
  id: string,
  { memo, metadata }: { memo?: string | null | undefined; metadata?: Metadata | null | undefined },
): void {
  const note = changes.rows.get('creditNote', id);
  changes.patch('creditNote', id, { ...omitUndefined({ memo }), metadata: mergeMetadata(note.metadata, metadata) });
  changes.emitUpdated('credit_note.updated', 'creditNote', id);
}
