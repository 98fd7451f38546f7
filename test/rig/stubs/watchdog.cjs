// Stands in for the native watchdog of VS Code's extension host, which nothing compiled: it watches nothing.
exports.start = () => undefined;
exports.exit = code => process.exit(code);
