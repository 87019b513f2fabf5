// A mail server and a mail program that are not ours: smtp-server takes what the product sends, mailparser reads it, nodemailer writes what
// customers send. One JSON value a line: commands come on standard input, what happened goes to standard output.
//   node mail.mjs FOLDER-OF-PACKAGES [--starttls | --tls] [--auth USER:PASSWORD]
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(`${process.argv[2]}/`);
const { simpleParser } = require('mailparser');
const MailComposer = require('nodemailer/lib/mail-composer');
const { SMTPServer } = require('smtp-server');

const given = process.argv.slice(3);
const [user, password] = (given[given.indexOf('--auth') + 1] ?? '').split(':');
const needsAuth = given.includes('--auth');

function say(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function refusal(code, text) {
  return Object.assign(new Error(text), { responseCode: code });
}

const server = new SMTPServer({
  banner: 'not ours',
  // Its own certificate for tests, which nobody trusts.
  secure: given.includes('--tls'),
  hideSTARTTLS: !given.includes('--starttls'),
  authOptional: !needsAuth,
  allowInsecureAuth: true,
  disabledCommands: needsAuth ? [] : ['AUTH'],
  size: 1_000_000,
  onAuth(auth, session, callback) {
    if (auth.username === user && auth.password === password) callback(null, { user });
    else callback(refusal(535, '5.7.8 wrong'));
  },
  onMailFrom(address, session, callback) {
    callback(address.address.startsWith('nobody@') ? refusal(553, '5.7.1 not your address') : null);
  },
  onRcptTo(address, session, callback) {
    if (address.address.startsWith('refused')) callback(refusal(550, `5.1.1 no mailbox ${address.address}`));
    else if (address.address.startsWith('later')) callback(refusal(451, `4.7.1 not now ${address.address}`));
    else callback();
  },
  onData(stream, session, callback) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', async () => {
      const raw = Buffer.concat(chunks);
      const mail = await simpleParser(raw, { skipImageLinks: true });
      say({
        mail: {
          from: mail.from?.text,
          to: mail.to?.text,
          envelope: { from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((each) => each.address) },
          secure: session.secure,
          user: session.user ?? null,
          subject: mail.subject,
          messageId: mail.messageId,
          inReplyTo: mail.inReplyTo ?? null,
          // One id alone is no list there.
          references: mail.references === undefined ? [] : [mail.references].flat(),
          headers: Object.fromEntries(mail.headerLines.map((line) => [line.key, line.line.slice(line.key.length + 1).trim()])),
          text: mail.text,
          html: mail.html || null,
          raw: raw.toString('base64'),
        },
      });
      callback();
    });
  },
});

server.on('error', (error) => say({ trouble: error.code ?? error.message }));
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }));

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const composed = await new MailComposer(JSON.parse(line)).compile().build();
    say({ composed: composed.toString('base64') });
  })
  // Whoever started it has ended.
  .on('close', () => process.exit(0));
