/** Who receives goods, and where. */
import { address, emptyable, name, object } from '../http/parameters';

export const shippingDetails = () => object({ address: address(), name: name(), phone: emptyable(name()).optional() });

/** Where an empty text takes them away. */
export const shipping = () => emptyable(shippingDetails());
