/** JSON schemas as the parts of the document that are made after zod has made it. */
export type Json = Record<string, unknown>;
export type Schemas = Record<string, Json>;

export const refTo = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
