import type { Column } from '../section';

export const active: Column = { label: 'Active', path: 'active' };
export const created: Column = { label: 'Created', path: 'created' };
export const customer: Column = { label: 'Customer', path: 'customer' };
export const status: Column = { label: 'Status', path: 'status' };
