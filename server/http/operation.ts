/**
 * One operation of the API: a method and a path, strict parameters, and what it does. The framework authenticates, validates,
 * keeps idempotency, renders and expands, so that a handler only says what is asked of `domain` and `db`, and what to show.
 */
import type { z } from 'zod';
import type { RowKind } from '../../domain/rows/rows';
import type { ApiRequest } from './request';

/** What an operation answers with. Objects are rendered from freshly loaded rows, and expanded as the caller asked. */
export type Reply<Body = object> = ObjectReply | ListReply | SearchReply | BodyReply<Body>;

export interface ObjectReply {
  kind: RowKind;
  key: string;
}

/** One page of rows, in the order of `keys`. `url` is the request's own path where it is absent. */
export interface ListReply {
  list: { kind: RowKind; keys: string[]; hasMore: boolean; url?: string };
}

export interface SearchReply {
  search: { kind: RowKind; keys: string[]; hasMore: boolean; nextPage: string | null; totalCount: number | null };
}

/** For what has no row of its own: shown as it is, without expansion, in the shape that the operation declares. */
export interface BodyReply<Body = object> {
  body: Body;
}

export type Method = 'get' | 'post' | 'delete';

export interface Operation {
  method: Method;
  /** `/v1/customers/:customer` */
  path: string;
  summary: string;
  tag: string;
  parameters: z.ZodObject;
  /** The kind that it answers with, so that a wrong `expand` is refused before anything is written. */
  shows: RowKind | null;
  /** The shape of its answer, where that does not follow from `shows`, the method and the path. */
  answer: z.ZodType | null;
  /** Not Stripe's: listed in the docs as Dunlin's own. */
  own: boolean;
  /** Done again it does the same: its Idempotency-Key is not kept, and nothing is written for it. For what comes in thousands. */
  repeatable: boolean;
  /** `workflow`: its parameters are kept in `requests`, where the workflow's activities read them by the request's id. */
  through: 'workflow' | null;
  /** Parameters that Stripe has and Dunlin does not yet: `tax_id_data`, `items[][billing_thresholds]`. A 400 names them. */
  unsupported: readonly string[];
  /** What is kept of the parameters, where they hold what must not be stored (card numbers). */
  stored: ((parameters: never) => Record<string, unknown>) | null;
  handle: (request: ApiRequest<never>) => Promise<Reply>;
}

export interface OperationDefinition<Schema extends z.ZodObject, Answer extends z.ZodType<object>> {
  method: Method;
  path: string;
  summary: string;
  tag: string;
  /** Made with `parameters({…})` of `parameters.ts`; `expand` is known to every operation and not among them. */
  parameters: Schema;
  shows?: RowKind;
  answer?: Answer;
  own?: boolean;
  repeatable?: boolean;
  through?: 'workflow';
  unsupported?: readonly string[];
  stored?: (parameters: z.output<Schema>) => Record<string, unknown>;
  handle: (request: ApiRequest<z.output<Schema>>) => Promise<Reply<z.output<Answer>>>;
}

/** Declares an operation, with its handler typed by its parameters, and a body of its own by the shape that it declares. */
export function operation<Schema extends z.ZodObject, Answer extends z.ZodType<object> = z.ZodType<never>>(
  definition: OperationDefinition<Schema, Answer>,
): Operation {
  const {
    own = false,
    repeatable = false,
    through = null,
    unsupported = [],
    stored = null,
    shows = null,
    answer = null,
    ...rest
  } = definition;
  return { ...rest, own, repeatable, through, unsupported, stored, shows, answer };
}
