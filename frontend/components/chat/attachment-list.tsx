import { formatSize } from '@/lib/file-size';
import { safeHref } from '@/lib/links';
import type { Attachment } from '@/lib/types';
import { Icon } from '../shared/icon';
import styles from './attachment-list.module.css';

/** What a customer sent along: files to save, and addresses to read. Nothing of it is shown or opened here. */
export function AttachmentList({ attachments }: { attachments: readonly Attachment[] }) {
  return (
    <ul className={styles.list} aria-label="Attachments" data-testid="attachments">
      {attachments.map((attachment) => (
        <li key={attachment.place} className={styles.attachment}>
          <Icon name={attachment.kind === 'original' ? 'document' : 'clip'} size={14} />
          <Name attachment={attachment} />
          <span className={styles.about}>{aboutOf(attachment)}</span>
          {attachment.url ? (
            <span className={styles.url} dir="ltr">
              {attachment.url}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Name({ attachment }: { attachment: Attachment }) {
  const name = attachment.kind === 'original' ? 'Whole mail' : attachment.name;
  const href = safeHref(attachment.href);
  if (!href?.startsWith('/')) return <span dir="auto">{name}</span>;
  return (
    <a href={href} download dir="auto">
      {name}
    </a>
  );
}

function aboutOf(attachment: Attachment): string {
  const size = formatSize(attachment.size);
  const kept = attachment.href || attachment.kind === 'link' ? undefined : 'too large to keep';
  return [attachment.media_type, size, kept].filter(Boolean).join(', ');
}
