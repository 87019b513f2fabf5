import type { NextConfig } from 'next';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants';

/** Where `npm run dev` finds the silo. */
const silo = process.env.SILO_URL ?? 'http://localhost:8080';

export default function config(phase: string): NextConfig {
  const shared: NextConfig = {
    trailingSlash: true,
    reactStrictMode: true,
    images: { unoptimized: true },
    turbopack: { root: __dirname },
  };

  if (phase === PHASE_DEVELOPMENT_SERVER) {
    return {
      ...shared,
      // Compression would hold server-sent events back until its buffer fills.
      compress: false,
      skipTrailingSlashRedirect: true,
      rewrites: async () => [
        { source: '/support/:path*', destination: `${silo}/support/:path*` },
        { source: '/api/:path*', destination: `${silo}/api/:path*` },
      ],
    };
  }

  // The silo serves the pages as files; no Node process runs in production.
  return { ...shared, output: 'export' };
}
