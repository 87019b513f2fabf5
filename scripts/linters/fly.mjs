// Checks fly.toml files against the fields that Fly publishes: https://fly.io/docs/reference/configuration/ and, for what flyctl reads,
// github.com/superfly/flyctl internal/appconfig (docs of 7 August 2026, flyctl of 21 August 2026). Run it as `node fly.mjs FILE…`.
import { parse } from 'smol-toml';
import { complain, eachFile } from './report.mjs';

// Types: s text, n whole number, f number, b truth, d duration (a text such as "10s", or a number), [x] a list of x, {} any names to texts.
const text = 's', whole = 'n', number = 'f', truth = 'b', duration = 'd', texts = ['s'], names = { '*': 's' };
const check = { interval: duration, timeout: duration, grace_period: duration };
const httpCheck = { ...check, method: text, path: text, protocol: text, tls_skip_verify: truth, tls_server_name: text, headers: names };
const machineCheck = { command: texts, image: text, entrypoint: texts, kill_signal: text, kill_timeout: duration };
const concurrency = { type: ['connections', 'requests'].join('|'), soft_limit: whole, hard_limit: whole };
const tlsOptions = { alpn: texts, versions: texts, default_self_signed: truth };
const httpOptions = {
  idle_timeout: whole, h2_backend: truth, compress: truth, headers_read_timeout: whole, response: { pristine: truth, headers: { '*': '*' } },
  replay_cache: [{ path_prefix: text, ttl_seconds: whole, type: 'cookie|header', name: text, allow_bypass: truth }],
};
const stopping = { auto_stop_machines: 'off|stop|suspend', auto_start_machines: truth, min_machines_running: whole };
const vm = {
  size: text, memory: '*', cpus: whole, cpu_kind: 'shared|performance', gpus: whole, gpu_kind: text, kernel_args: '*', host_dedication_id: text,
  persist_rootfs: 'never|restart|always', processes: texts,
};
const signals = 'SIGINT|SIGTERM|SIGQUIT|SIGUSR1|SIGUSR2|SIGKILL|SIGSTOP';

const FILE = {
  app: text, primary_region: text, kill_signal: signals, kill_timeout: duration, swap_size_mb: whole, console_command: text, host_dedication_id: text,
  build: {
    builder: text, args: names, buildpacks: texts, image: text, builtin: text, dockerfile: text, ignorefile: text, 'build-target': text,
    compression: 'gzip|zstd', compression_level: whole,
  },
  deploy: {
    strategy: 'rolling|immediate|canary|bluegreen', max_unavailable: number, wait_timeout: duration, release_command: text,
    release_command_timeout: duration, release_command_vm: vm, seed_command: text,
  },
  env: names, processes: names, experimental: { cmd: texts, entrypoint: texts, exec: texts, auto_rollback: truth, enable_consul: truth },
  mounts: [{
    source: text, destination: text, initial_size: '*', snapshot_retention: whole, scheduled_snapshots: truth, auto_extend_size_threshold: whole,
    auto_extend_size_increment: text, auto_extend_size_limit: text, processes: texts,
  }],
  http_service: {
    ...stopping, internal_port: whole, force_https: truth, processes: texts, concurrency, tls_options: tlsOptions, http_options: httpOptions,
    checks: [httpCheck], machine_checks: [machineCheck],
  },
  services: [{
    ...stopping, protocol: 'tcp|udp', internal_port: whole, processes: texts, concurrency, tcp_checks: [check], http_checks: [httpCheck],
    machine_checks: [machineCheck],
    ports: [{ port: whole, start_port: whole, end_port: whole, handlers: texts, force_https: truth, http_options: httpOptions, tls_options: tlsOptions, proxy_proto_options: { version: text } }],
  }],
  checks: { '*': { ...httpCheck, type: 'http|tcp', port: whole, processes: texts } },
  files: [{ guest_path: text, local_path: text, secret_name: text, raw_value: text, processes: texts }],
  restart: [{ policy: 'always|never|on-failure', retries: whole, processes: texts }],
  vm: [vm],
  statics: [{ guest_path: text, url_prefix: text, tigris_bucket: text, index_document: text }],
  metrics: [{ port: whole, path: text, processes: texts }],
};

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const millis = value => typeof value === 'number' ? value : [...value.matchAll(/(\d+)(ms|s|m|h)/g)].reduce((sum, [, n, unit]) => sum + n * UNITS[unit], 0);

eachFile((file, content) => {
  let root;
  try {
    root = parse(content);
  } catch (unreadable) {
    return complain(file, unreadable.line, unreadable.message.split('\n')[0]);
  }

  const say = (path, what) => complain(file, 0, `${path} ${what}`);
  const leaf = (path, value, type) => {
    const fine = type === '*' ? true
      : type === text ? typeof value === 'string'
      : type === whole ? Number.isInteger(value)
      : type === number ? typeof value === 'number'
      : type === truth ? typeof value === 'boolean'
      : type === duration ? typeof value === 'number' || /^(\d+(ms|s|m|h))+$/.test(value)
      : type.split('|').includes(value);
    if (!fine) say(path, `cannot be ${JSON.stringify(value)}${type.includes('|') ? `: it is one of ${type.split('|').join(', ')}` : ''}`);
  };
  const walk = (path, value, shape) => {
    if (Array.isArray(shape)) {
      // Fly takes one table where it takes several.
      for (const one of Array.isArray(value) ? value : [value]) walk(path, one, shape[0]);
    } else if (typeof shape === 'string') {
      leaf(path, value, shape);
    } else if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      say(path, 'must be a table');
    } else {
      for (const [name, inner] of Object.entries(value)) {
        const known = shape[name] ?? shape['*'];
        if (known === undefined) say(path ? `${path}.${name}` : name, 'is no field that Fly has');
        else walk(path ? `${path}.${name}` : name, inner, known);
      }
    }
  };
  walk('', root, FILE);

  for (const name of Object.keys(root.env ?? {})) if (name.startsWith('FLY_')) say(`env.${name}`, 'may not begin with FLY_');
  for (const name of Object.keys(root.env ?? {})) if (/(PASSWORD|SECRET|TOKEN|_KEY$|^DATABASE_)/.test(name)) say(`env.${name}`, 'is a secret: fly secrets import takes it');
  for (const [name, one] of Object.entries(root.checks ?? {})) {
    if (one.port === undefined || one.type === undefined) say(`checks.${name}`, 'needs a port and a type');
    if (one.type === 'http' && one.path === undefined) say(`checks.${name}`, 'needs a path');
  }
  // As flyctl's own validation: not sooner than every two seconds, and no longer than a minute.
  for (const one of [...root.http_service?.checks ?? [], ...Object.values(root.checks ?? {})]) {
    if (millis(one.interval ?? 15_000) < 2000) say('a check', 'asks more often than every 2 seconds');
    if (millis(one.timeout ?? 2000) > 60_000) say('a check', 'waits longer than a minute');
  }
  if (root.kill_timeout !== undefined && (typeof root.kill_timeout === 'number' ? root.kill_timeout * 1000 : millis(root.kill_timeout)) > 300_000) say('kill_timeout', 'is 300 seconds at most');
  for (const mount of [root.mounts ?? []].flat()) {
    if (!mount.source || !mount.destination) say('mounts', 'needs a source and a destination');
    const extend = ['auto_extend_size_threshold', 'auto_extend_size_increment', 'auto_extend_size_limit'].filter(name => mount[name] !== undefined).length;
    if (extend % 3 !== 0) say('mounts', 'extends by itself with all three of auto_extend_size_…, or not at all');
  }
  if (root.http_service && root.http_service.internal_port === undefined) say('http_service', 'needs internal_port');
  const { soft_limit: soft = 0, hard_limit: hard = Infinity } = root.http_service?.concurrency ?? {};
  if (soft > hard) say('http_service.concurrency', 'has a soft limit above the hard one');
});
