// Twilio's own client sends a message to the stand-in for Twilio that the tests use, and lists it: what the stand-in takes and tells is
// what the real client sends and reads. Prints {sid, status, listed, refused}.
//   node tests/interop/twilio-client.mjs FOLDER ADDRESS ACCOUNT TOKEN FROM TO
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [folder, address, account, token, from, to] = process.argv.slice(2);
const twilio = createRequire(`${resolve(folder)}/`)('twilio');

const client = twilio(account, token);
client.api.baseUrl = address;
const made = await client.messages.create({ to, from, body: 'How are you? 😀', statusCallback: 'https://support.example.com/webhooks/whatsapp/status?item=0' });
const listed = await client.messages.list({ to, from, limit: 5 });
const refused = await client.messages.create({ to: 'whatsapp:nobody', from, body: 'x', statusCallback: 'https://support.example.com/' }).catch((error) => error.code);
process.stdout.write(JSON.stringify({ sid: made.sid, status: made.status, listed: listed.map((one) => [one.sid, one.body, one.direction]), refused }));
