const express = require("express");

const app = express();

app.get("/", (request, response) => {
  response.type("text/plain").send(`Hello from ${process.env.SLIPWAY_APP || "a laptop"}\n`);
});
app.get("/healthz", (request, response) => response.type("text/plain").send("ok\n"));

const server = app.listen(Number(process.env.PORT || 3000), () => {
  console.log(`listening on ${server.address().port}`);
});

process.on("SIGTERM", () => {
  console.log("finishing what is open");
  server.close(() => process.exit(0));
});
