/** What the search of the manual finds: sections of documents, operations and objects. The browser searches. */
import MiniSearch from 'minisearch';

export interface Findable {
  /** Page and anchor, from the folder of the manual: `tax.html#rates`. */
  id: string;
  /** The heading, or what the operation does. */
  title: string;
  /** Where that is: the document, or the call. */
  place: string;
  text: string;
}

const EXCERPT = 140;

/** The browser makes its index with the same fields (`web/scripts/manual.js`). */
const FIELDS = ['title', 'place', 'text'];

/** As JSON, ready to be loaded. */
export function searchIndex(findables: readonly Findable[]): string {
  const index = new MiniSearch<Findable & { excerpt: string }>({ fields: FIELDS, storeFields: ['title', 'place', 'excerpt'] });
  const ids = new Set<string>();
  for (const findable of findables) {
    if (ids.has(findable.id)) continue;
    ids.add(findable.id);
    index.add({ ...findable, excerpt: findable.text.trim().slice(0, EXCERPT) });
  }
  return JSON.stringify(index);
}
