/** Expansions of a request: what is loaded, and whether the caller may read it. */
import type { Permissions } from '../../domain/authorization/permissions';
import type { RenderContext } from '../../objects/wire';
import type { ExpansionLoader } from '../expansion/expand';
import { expansionLoader, type Asking } from '../expansion/expansion-loader';
import { permitBy } from './permission';

export const expansionsOf = (asking: Asking & { permissions: Permissions }, context: RenderContext): ExpansionLoader => ({
  ...expansionLoader(asking, context),
  permit: permitBy(asking.permissions),
});
