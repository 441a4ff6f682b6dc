/** `/v1/customers/:customer` as OpenAPI writes it: `/v1/customers/{customer}`. */
export const pathOf = ({ path }: { path: string }): string => path.replace(/:(\w+)/g, '{$1}');

/** `getV1CustomersCustomer` */
export const operationIdOf = (method: string, path: string): string =>
  `${method}${path.replace(/[/:]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
