/** What objects of another billing system have in common. */

/** A reference: the id, or the object that has it. */
export type Reference = string | { id: string };

export const idOf = (reference: Reference): string => (typeof reference === 'string' ? reference : reference.id);
export const idOrNull = (reference: Reference | null | undefined): string | null => (reference ? idOf(reference) : null);

export interface SourceObject {
  id: string;
  created: number;
}
