import type { Operation } from '../../http/operation';
import { retrieveChargeRoute } from './charge-route';
import { listRoutingVersions } from './list-versions';
import { previewRouting } from './preview';
import { retrieveRouting } from './retrieve';
import { updateRouting } from './update';

export const routing: Operation[] = [retrieveRouting, updateRouting, listRoutingVersions, previewRouting, retrieveChargeRoute];
