import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { PRODUCT_NAME } from '@/lib/product';
import './globals.css';

export const metadata: Metadata = {
  title: { default: `${PRODUCT_NAME} support`, template: `%s · ${PRODUCT_NAME}` },
  description: 'Ask a question, get an answer with its sources, or talk to a person.',
  referrer: 'same-origin',
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#1b2022' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <noscript>
          <p className="alert">This page needs JavaScript to show a live conversation.</p>
        </noscript>
      </body>
    </html>
  );
}
