import type { Scope } from '../../domain/core/steps';
import { modeOf } from '../../domain/rows/account';

/** The help pages as this seller's customers see them. */
export function helpOf({ account, livemode }: Scope, page = ''): string {
  return `/help${page === '' ? '' : `/${page}`}?${new URLSearchParams({ seller: account, mode: modeOf({ livemode }) }).toString()}`;
}
