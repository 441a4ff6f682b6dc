/** `/openapi.json`: the document of the release that is asked for, made when it is first asked for. */
import type { Request } from 'express';
import { API_VERSION, API_VERSIONS, apiVersionOf, majorOf, type ApiVersion } from '../../domain/rows/api-version';
import { HttpError } from '../http/errors';
import type { Operation } from '../http/operation';
import { openApi, type Document } from './openapi';

/**
 * The release that a request names in `?version=` or in `Stripe-Version`, or else the one that Dunlin speaks by itself.
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

/** Documents as JSON, by release. All releases of a major have the same shapes, so one document is made for each major. */
export function documentsOf(operations: readonly Operation[], url: string): (release: ApiVersion) => string {
  const made = new Map<string, Document>();
  return (release) => {
    const major = majorOf(release);
    const document = made.get(major) ?? openApi(operations, url, release);
    made.set(major, document);
    return JSON.stringify({ ...document, info: { ...document.info, version: release } });
  };
}
