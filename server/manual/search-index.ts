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

/** As JSON, ready to be loaded. It is made in many short turns, so that other requests are answered meanwhile. */
export async function searchIndex(findables: readonly Findable[]): Promise<string> {
  const index = new MiniSearch<Findable & { excerpt: string }>({ fields: FIELDS, storeFields: ['title', 'place', 'excerpt'] });
  const ids = new Set<string>();
  const unique = findables.filter(({ id }) => !ids.has(id) && ids.add(id));
  await index.addAllAsync(
    unique.map((findable) => ({ ...findable, excerpt: findable.text.trim().slice(0, EXCERPT) })),
    { chunkSize: 20 },
  );
  return JSON.stringify(index);
}
