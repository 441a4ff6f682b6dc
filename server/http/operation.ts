/**
 * One operation of the API: a method and a path, strict parameters, and a handler. The framework authenticates, validates, keeps
 * idempotency, renders and expands. So a handler only calls `domain` and `db`, and says which object to show.
 */
import type { z } from 'zod';
import { levelOf, type Need } from '../../domain/authorization/permissions';
import { resourceOf } from '../../domain/authorization/resources';
import type { RowKind } from '../../domain/rows/rows';
import type { ApiRequest } from './request';

/** The result of an operation. Objects are rendered from freshly loaded rows, and expanded as requested. */
export type Reply<Body = object> = ObjectReply | ListReply | SearchReply | BodyReply<Body>;

export interface ObjectReply {
  kind: RowKind;
  key: string;
}

/** One page of rows, in the order of `keys`. `url` defaults to the request's own path. */
export interface ListReply {
  list: { kind: RowKind; keys: string[]; hasMore: boolean; url?: string };
}

export interface SearchReply {
  search: { kind: RowKind; keys: string[]; hasMore: boolean; nextPage: string | null; totalCount: number | null };
}

/** For results without a row, in the shape that the operation declares. They are expanded as others are. */
export interface BodyReply<Body = object> {
  body: Body;
  /** The caller may keep the answer for so long. Absent: nobody may keep it. */
  cacheSeconds?: number;
}

export type Method = 'get' | 'post' | 'delete';

/** An operation's name: `POST /v1/customers/:customer`. */
export const callOf = ({ method, path }: Pick<Operation, 'method' | 'path'>): string => `${method.toUpperCase()} ${path}`;

/** `customer` of `/v1/customers/:customer`. */
export const namesInPath = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

export interface Operation {
  method: Method;
  /** `/v1/customers/:customer` */
  path: string;
  summary: string;
  tag: string;
  /** The permission that a caller must have. */
  needs: Need;
  parameters: z.ZodObject;
  /** The kind of the result. */
  shows: RowKind | null;
  /** The shape of its answer, where that does not follow from `shows`, the method and the path. A wrong `expand` is refused by it. */
  answer: z.ZodType | null;
  /** It changes nothing although it is no GET, so that who may read may call it. */
  isRead: boolean;
  /** Not Stripe's: the docs list it as Dunlin's own. */
  own: boolean;
  /** Its answer has a secret that is shown only now: `newSecret` of the request. It is not stored with the answer. */
  reveals: boolean;
  /** Repeating it has no further effect, so its Idempotency-Key is not stored. For operations that are called by the thousands. */
  repeatable: boolean;
  /** `workflow`: its parameters are stored in `requests`, where the workflow's activities read them by the request's id. */
  through: 'workflow' | null;
  /** Parameters that Stripe has and Dunlin does not yet: `tax_id_data`, `items[][billing_thresholds]`. A 400 names them. */
  unsupported: readonly string[];
  /** The parameters to store, if some must not be stored (card numbers), or if one of them is part of the path. */
  stored: ((parameters: never, path: Readonly<Record<string, string>>) => Record<string, unknown>) | null;
  handle: (request: ApiRequest<never>) => Promise<Reply>;
}

export interface OperationDefinition<Schema extends z.ZodObject, Answer extends z.ZodType<object>> {
  method: Method;
  path: string;
  summary: string;
  tag: string;
  /** Made with `parameters({…})` of `parameters.ts`. Every operation also accepts `expand`, which is not among them. */
  parameters: Schema;
  shows?: RowKind;
  answer?: Answer;
  isRead?: boolean;
  own?: boolean;
  reveals?: boolean;
  repeatable?: boolean;
  through?: 'workflow';
  unsupported?: readonly string[];
  stored?: (parameters: z.output<Schema>, path: Readonly<Record<string, string>>) => Record<string, unknown>;
  handle: (request: ApiRequest<z.output<Schema>>) => Promise<Reply<z.output<Answer>>>;
}

/** Declares an operation. Its handler is typed by its parameters, and a body of its own by the shape that it declares. */
export function operation<Schema extends z.ZodObject, Answer extends z.ZodType<object> = z.ZodType<never>>(
  definition: OperationDefinition<Schema, Answer>,
): Operation {
  const {
    isRead = false,
    own = false,
    reveals = false,
    repeatable = false,
    through = null,
    unsupported = [],
    stored = null,
    shows = null,
    answer = null,
    ...rest
  } = definition;
  const needs = needsOf(rest, isRead);
  return { ...rest, needs, isRead, own, reveals, repeatable, through, unsupported, stored, shows, answer };
}

function needsOf({ method, path }: Pick<Operation, 'method' | 'path'>, isRead: boolean): Need {
  return { resource: resourceOf(path), level: isRead ? 'read' : levelOf(method) };
}
