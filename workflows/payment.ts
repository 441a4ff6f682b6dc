import { cancelAuthorization, captureCharge, charge, resolveCharge } from './calls';
import { entityWorkflow } from './entity';
import { record, thenCall, thenCharge } from './lifecycle';

/**
 * A payment or setup intent that waits for confirmation, 3-D Secure, the capture or the payer's bank, or for a processor's lost answer. Ends
 * when the intent has succeeded or been canceled.
 */
export const paymentWorkflow = entityWorkflow('payment', {
  updates: {
    confirmPayment: thenCharge,
    confirmSetup: thenCharge, //           verifies the card
    finishAuthentication: thenCharge, //   the cardholder has passed or failed 3-D Secure
    verifyMicrodeposits: thenCharge, //   the holder has told what the account has received
    capturePayment: thenCall,
    cancelPayment: thenCall,
    cancelSetup: record,
  },
  agenda: {
    sendWaitingPayment: thenCharge, // its processor has been resumed
    sendWaitingCapture: thenCall,
    expireAuthorization: thenCall, // the capture window is over
    settleDebit: record, //           the payer's bank has decided, or time is up
  },
  calls: { attemptPayment: charge, resolvePayment: resolveCharge, capturePayment: captureCharge, cancelPayment: cancelAuthorization },
});
