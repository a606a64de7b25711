// Follows a build's output while the page is open. Without this script the page shows the output so far.
"use strict";
for (const output of document.querySelectorAll("[data-follow]")) {
  const events = new EventSource(output.dataset.follow);
  let fresh = true;
  const atEnd = () => output.scrollHeight - output.scrollTop - output.clientHeight < 40;
  events.addEventListener("open", () => { fresh = true; });
  events.addEventListener("text", (event) => {
    const stay = !fresh && !atEnd();
    // Each connection, also one after the server was restarted, begins at the beginning.
    if (fresh) {
      output.textContent = "";
      fresh = false;
    }
    output.append(event.data);
    if (!stay) {
      output.scrollTop = output.scrollHeight;
    }
  });
  events.addEventListener("end", () => {
    events.close();
    output.dataset.ended = "yes";
    if (output.dataset.reload) {
      location.reload();
    }
  });
}
