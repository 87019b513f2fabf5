import Link from 'next/link';
import type { ReactNode } from 'react';
import type { OperatorSession } from '@/lib/types';
import { SiteHeader } from './site-header';
import styles from './operator-header.module.css';

const ROOMS = [
  { name: 'Console', address: '/console/' },
  { name: 'Reports', address: '/console/reports/' },
  { name: 'Articles', address: '/console/articles/' },
] as const;

interface Props {
  room: (typeof ROOMS)[number]['name'];
  /** Falsy while nobody is known to be signed in: then the page asks for a key, and there is nowhere to go. */
  session: OperatorSession | null | undefined;
  /** What belongs to this room alone, before the ways to the others. */
  children?: ReactNode;
  /** What follows the operator's name. */
  after?: ReactNode;
}

/** The header of every page for operators: the ways to the other rooms, and who is signed in. */
export function OperatorHeader({ room, session, children, after }: Props) {
  return (
    <SiteHeader room={room}>
      {children}
      {session ? (
        <>
          {ROOMS.filter(({ name }) => name !== room).map(({ name, address }) => (
            <Link key={name} href={address} prefetch={false}>
              {name}
            </Link>
          ))}
          <span className={styles.operator}>{session.operator.name}</span>
        </>
      ) : null}
      {after}
    </SiteHeader>
  );
}
