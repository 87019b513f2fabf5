// Twilio's own library, asked through standard input: for each line of JSON {token, url, params, signature} it answers with a line
// {made, accepted}: the signature that it would have made, and whether it takes the one that is given.
//   node tests/interop/twilio-signatures.mjs FOLDER      FOLDER is what scripts/interop prints
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const twilio = createRequire(`${resolve(process.argv[2])}/`)('twilio');

for await (const line of createInterface({ input: process.stdin })) {
  const { token, url, params, signature } = JSON.parse(line);
  const made = twilio.getExpectedTwilioSignature(token, url, params);
  const accepted = twilio.validateRequest(token, signature, url, params);
  process.stdout.write(`${JSON.stringify({ made, accepted })}\n`);
}
