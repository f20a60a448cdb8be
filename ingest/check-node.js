// Preloaded by every npm script that runs TypeScript. Plain JavaScript: it must parse on the Node that is too old.
const neededMajor = 24;

if (Number.parseInt(process.versions.node, 10) < neededMajor) {
  console.error(
    `Hopline needs Node ${neededMajor} or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      "On Linux (x64, arm64) and Windows (x64) `npm ci` installs it beside the code and `npm start` uses it; " +
      `elsewhere (this is ${process.platform} ${process.arch}) install Node ${neededMajor} first.`,
  );
  process.exit(1);
}
