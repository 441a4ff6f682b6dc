import type { Operation } from '../../http/operation';
import { createWebhookEndpointOperation } from './create';
import { deleteWebhookEndpointOperation } from './delete';
import { listWebhookEndpoints } from './list';
import { listWebhookDeliveries } from './list-deliveries';
import { redeliverEvent } from './redeliver';
import { retrieveWebhookEndpoint } from './retrieve';
import { rollSecretOperation } from './roll-secret';
import { updateWebhookEndpointOperation } from './update';

export const webhookEndpoints: Operation[] = [
  createWebhookEndpointOperation,
  retrieveWebhookEndpoint,
  updateWebhookEndpointOperation,
  deleteWebhookEndpointOperation,
  listWebhookEndpoints,
  rollSecretOperation,
  listWebhookDeliveries,
  redeliverEvent,
];
