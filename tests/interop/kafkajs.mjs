// Puts a message into our topic in each of CloudEvents' modes, and reads one reply. What to do comes as JSON on standard input, what was read
// goes to standard output. Run by OutsideClientTests; the first argument is the folder with kafkajs.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const { Kafka, logLevel, Partitioners } = createRequire(join(process.argv[2], 'index.js'))('kafkajs');
const asked = JSON.parse(await text(process.stdin));
const kafka = new Kafka({ clientId: 'interop', brokers: [asked.broker], logLevel: logLevel.ERROR });

const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
await producer.connect();
const event = { specversion: '1.0', id: '1', source: '/kafkajs', type: 'com.example.message' };
const binary = Object.fromEntries(Object.entries(event).map(([name, value]) => [`ce_${name}`, value]));
await producer.send({
  topic: asked.incoming,
  acks: -1,
  messages: [{ key: 'c1', value: asked.binary, headers: { ...binary, 'content-type': 'application/json' } }],
});
await producer.send({
  topic: asked.incoming,
  acks: -1,
  messages: [{
    key: 'c1',
    value: JSON.stringify({ ...event, id: '2', data: JSON.parse(asked.structured) }),
    headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
  }],
});
await producer.disconnect();

const consumer = kafka.consumer({ groupId: 'interop', maxWaitTimeInMs: 200 });
await consumer.connect();
await consumer.subscribe({ topic: asked.outbound, fromBeginning: true });
const read = await new Promise((resolve) => {
  consumer.run({
    eachMessage: async ({ message }) => resolve({
      key: message.key.toString(),
      id: message.headers.ce_id.toString(),
      value: message.value.toString(),
    }),
  });
});
console.log(JSON.stringify(read));
await consumer.disconnect();
