import { customerName, FOUND_AT_MOST, foundSentence } from '@/lib/customer';
import type { CustomerSummary } from '@/lib/types';
import { CustomerAddresses } from './customer-addresses';
import styles from './found-customers.module.css';

interface Props {
  /** As they were found, the latest seen first. */
  customers: CustomerSummary[];
  /** The ids of those who are not to be chosen here. */
  without?: readonly (string | null | undefined)[];
  /** Whose conversation is open. */
  chosen?: string | null;
  onChoose(customer: CustomerSummary): void;
}

/** Who was found: two of one name are told apart by their addresses, and at last by their ids. */
export function FoundCustomers({ customers, without = [], chosen, onChoose }: Props) {
  const shown = customers.filter((customer) => !without.includes(customer.id));
  return (
    <>
      <p className="soft" role="status">
        {foundSentence(shown.length, customers.length >= FOUND_AT_MOST)}
      </p>
      <ul className={styles.found} aria-label="Customers found" data-testid="found-customers">
        {shown.map((customer) => (
          <li key={customer.id} className={styles.customer}>
            <button type="button" className="link" aria-current={customer.id === chosen} onClick={() => onChoose(customer)}>
              <span dir="auto">{customerName(customer)}</span>
            </button>
            <CustomerAddresses customer={customer} />
            <span className={`mono soft ${styles.id}`} data-testid="customer-id">
              {customer.id}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
