import { booksBalanceAfterEach } from '../ledger/books';
import { useProduct } from '../support/product';
import { testPausedRenewals } from './paused';

const product = useProduct();
booksBalanceAfterEach(product);

testPausedRenewals(product, 500, 900_000);
