import { SUPPORT_ROUTES } from '../../../domain/rows/support-ticket';
import { name, oneOf, text } from '../../http/parameters';

export const subject = () => name({ max: 250 });
export const message = () => text({ max: 20_000 });
export const route = () => oneOf(SUPPORT_ROUTES);
