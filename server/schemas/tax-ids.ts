import { TAX_ID_TYPES } from '../../domain/rows/tax-id';
import { array, name, object, oneOf } from '../http/parameters';

/** The tax ids of a customer that a request describes. */
export const describedTaxIds = () => array(object({ type: oneOf(TAX_ID_TYPES), value: name({ max: 100 }) }), { max: 5 });
