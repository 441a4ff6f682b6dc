export { disputeWorkflow } from './dispute';
export { dunningWorkflow } from './dunning';
export { invoiceWorkflow } from './invoice';
export { paymentWorkflow } from './payment';
export { refundWorkflow } from './refund';
export { subscriptionWorkflow } from './subscription';
export { webhookEndpointWorkflow } from './webhook-endpoint';
export { testClockWorkflow } from './test-clock';
