/** Who answers a question: by the words in it, if nobody has chosen. */
import type { SupportSettings } from '../rows/account';
import { SUPPORT_ROUTES, type SupportRoute } from '../rows/support-ticket';

/** Where nothing points to another route. */
const USUAL: SupportRoute = 'product';

/** The route with most of its words in the text. `Invoice 12: wrong tax` has two of billing's. */
export function routeOf(text: string, { routes }: SupportSettings): SupportRoute {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const counts = SUPPORT_ROUTES.map((route) => ({ route, count: words.filter((word) => routes[route].words.includes(word)).length }));
  const most = Math.max(...counts.map(({ count }) => count));
  return most === 0 ? USUAL : (counts.find(({ count }) => count === most)?.route ?? USUAL);
}
