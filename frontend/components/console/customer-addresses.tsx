import { identifierKind, identifiersOf } from '@/lib/customer';
import type { CustomerSummary } from '@/lib/types';
import styles from './customer-addresses.module.css';

/** How a customer can be recognised. What was not proved may be anybody's, so it is said of each. */
export function CustomerAddresses({ customer }: { customer: CustomerSummary }) {
  const identifiers = identifiersOf(customer);
  if (identifiers.length === 0) return null;
  return (
    <ul className={styles.addresses} aria-label="Addresses" data-testid="addresses">
      {identifiers.map((identifier) => (
        <li key={`${identifier.kind} ${identifier.value}`} className={styles.address}>
          <bdi className={styles.value} title={identifierKind(identifier)}>
            {identifier.value}
          </bdi>
          <span className={identifier.proved ? 'badge badge--good' : 'badge badge--warn'}>
            {identifier.proved ? 'proved' : 'not proved'}
          </span>
        </li>
      ))}
    </ul>
  );
}
