import { toStripeToken } from '../../../objects/token';
import type { WireToken } from '../../../objects/shapes/token';
import type { BodyReply } from '../../http/operation';
import type { ApiRequest } from '../../http/request';
import { findToken } from '../../sandbox/tokens';

export async function showToken(request: ApiRequest<unknown>, token: string): Promise<BodyReply<WireToken>> {
  return { body: toStripeToken(await findToken(request, token, 'id')) };
}
