// Checks Dockerfiles: the language by dockerfile-utils, and the habits that hadolint would ask for (its rules' numbers are in brackets),
// since hadolint itself is in none of the registries that the project uses. Run it as `node dockerfiles.mjs FILE…`.
import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { complain, eachFile } from './report.mjs';

const SECRET = /(password|passwd|secret|token|api_?key|private_?key)/i;

eachFile((file, text) => {
  for (const problem of validate(text)) complain(file, problem.range.start.line + 1, problem.message);

  const instructions = DockerfileParser.parse(text).getInstructions();
  const stages = [];
  const at = instruction => instruction.getRange().start.line + 1;
  const say = (instruction, rule, what) => complain(file, at(instruction), `${what} (${rule})`);
  let user = null;
  let health = 0;

  for (const instruction of instructions) {
    const words = instruction.getArguments().map(argument => argument.getValue());
    const flags = (instruction.getFlags?.() ?? []).map(flag => [flag.getName(), flag.getValue()]);
    // As the shell sees it, without the joined lines.
    const command = (instruction.getArgumentsContent() ?? '').replace(/\\\r?\n/g, ' ');
    switch (instruction.getKeyword()) {
      case 'FROM': {
        const image = instruction.getImage();
        const alias = instruction.getBuildStage();
        user = null;
        health = 0;
        if (!stages.includes(image) && image !== 'scratch') {
          if (!/[:@][^/]+$/.test(image)) say(instruction, 'DL3006', `give ${image} a tag`);
          if (/:latest$/.test(image)) say(instruction, 'DL3007', `${image} is another image tomorrow`);
        }
        if (alias && stages.includes(alias)) say(instruction, 'DL3024', `there are two stages called ${alias}`);
        stages.push(alias ?? '');
        break;
      }
      case 'RUN':
        if (/\bsudo\b/.test(command)) say(instruction, 'DL3004', 'no sudo in an image');
        if (/(^|&&|;)\s*cd\s/.test(command)) say(instruction, 'DL3003', 'say WORKDIR, not cd');
        if (/\bapk\s+(-\S+\s+)*add\b/.test(command) && !command.includes('--no-cache')) say(instruction, 'DL3019', 'apk add wants --no-cache');
        if (/\bapk\s+upgrade\b|\bapt-get\s+(dist-)?upgrade\b/.test(command)) say(instruction, 'DL3017', 'take a newer base image instead of an upgrade');
        if (/\bapt-get\s+install\b/.test(command) && !/--no-install-recommends/.test(command)) say(instruction, 'DL3015', 'apt-get install wants --no-install-recommends');
        if (/\bapt-get\s+update\b/.test(command) && !/rm -rf \/var\/lib\/apt\/lists/.test(command)) say(instruction, 'DL3009', 'remove what apt-get update left');
        if (/\b(curl|wget)\b[^|&;]*\|\s*(ba)?sh\b/.test(command)) say(instruction, 'own', 'do not run what was just downloaded');
        if (/[^|]\|[^|]/.test(command) && !/pipefail/.test(command)) say(instruction, 'DL4006', 'a pipe hides failures without pipefail');
        break;
      case 'ADD':
        say(instruction, 'DL3020', 'say COPY, which neither downloads nor unpacks');
        break;
      case 'COPY': {
        const from = flags.find(([name]) => name === 'from')?.[1];
        if (from && !stages.includes(from) && !/[:@]/.test(from)) say(instruction, 'DL3022', `there is no stage ${from} before this`);
        if (words.length > 2 && !words.at(-1).endsWith('/')) say(instruction, 'DL3021', 'several files go into a folder: end it with /');
        break;
      }
      case 'WORKDIR':
        if (!/^["']?[/$]/.test(words[0] ?? '')) say(instruction, 'DL3000', 'WORKDIR wants an absolute path');
        break;
      case 'USER':
        user = words[0];
        if (/^(root|0)(:|$)/.test(user) && !/hadolint ignore=DL3002/.test(text.split('\n')[at(instruction) - 2] ?? '')) say(instruction, 'DL3002', 'do not stay root');
        break;
      case 'CMD':
      case 'ENTRYPOINT':
        if (!command.trim().startsWith('[')) say(instruction, 'DL3025', 'write it as a JSON list, so that signals reach the program');
        break;
      case 'HEALTHCHECK':
        if (++health > 1) say(instruction, 'DL3012', 'only the last HEALTHCHECK counts');
        break;
      case 'MAINTAINER':
        say(instruction, 'DL4000', 'MAINTAINER is gone: use a LABEL');
        break;
      case 'ENV':
      case 'ARG':
        for (const word of words) if (SECRET.test(word.split('=')[0])) say(instruction, 'own', `${word.split('=')[0]} looks like a secret, and images are read by many`);
        break;
    }
  }

  if (user === null) complain(file, 0, 'the last stage has no USER, so it runs as root (DL3002)');
  if (!instructions.some(instruction => instruction.getKeyword() === 'LABEL' && /org\.opencontainers\.image\.title/.test(instruction.getArgumentsContent())))
    complain(file, 0, 'there is no label org.opencontainers.image.title (DL3048)');
});
