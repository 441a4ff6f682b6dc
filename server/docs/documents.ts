/** The OpenAPI document of each release, for `/openapi.json` and for the pages of the manual. */
import type { Request } from 'express';
import { API_VERSION, API_VERSIONS, apiVersionOf, majorOf, type ApiVersion } from '../../domain/rows/api-version';
import { HttpError } from '../http/errors';
import type { Operation } from '../http/operation';
import { openApi, type Document } from './openapi';

/**
 * The release in `?version=` or in `Stripe-Version`; by default Dunlin's own.
 *
 * @throws HttpError 400 for a release that Dunlin does not speak
 */
export function releaseOf(request: Request): ApiVersion {
  const [, query = ''] = request.url.split(/\?(.*)/s);
  const named = new URLSearchParams(query).get('version') ?? request.header('Stripe-Version') ?? API_VERSION;
  const release = apiVersionOf(named);
  if (release) return release;
  throw new HttpError(400, `Invalid Stripe API version: ${named.slice(0, 60)}. Dunlin speaks ${API_VERSIONS.join(', ')}.`);
}

/** The documents of the API, each made when it is first asked for. All releases of a major have the same shapes, so each major has one. */
export interface Documents {
  of: (release: ApiVersion) => Document;
  json: (release: ApiVersion) => string;
}

/** @param url where the API is reached */
export function documentsOf(operations: readonly Operation[], url: string): Documents {
  const made = new Map<string, Document>();
  const texts = new Map<ApiVersion, string>();
  const of = (release: ApiVersion): Document => {
    const major = majorOf(release);
    const document = made.get(major) ?? openApi(operations, url, release);
    made.set(major, document);
    return document;
  };
  const json = (release: ApiVersion): string => {
    const document = of(release);
    const text = texts.get(release) ?? JSON.stringify({ ...document, info: { ...document.info, version: release } });
    texts.set(release, text);
    return text;
  };
  return { of, json };
}
