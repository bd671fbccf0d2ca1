// Loaded before a server: ends it when its standard input closes, which happens when the process that started it is gone, however it went.
process.stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0)).resume();
