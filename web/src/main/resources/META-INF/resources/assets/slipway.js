// Follows output and log lines while the page is open. Without this script a page shows what there was when it was asked for,
// and wide tables are pushed sideways on a phone.
"use strict";
// On a phone the rows of tables stand as lines below each other, each cell with the name of its column.
for (const table of document.querySelectorAll(".scroll > table")) {
  const names = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent);
  for (const row of table.tBodies[0].rows) {
    [...row.cells].forEach((cell, at) => { cell.dataset.label = names[at] ?? ""; });
  }
  table.classList.add("stacked");
}

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

for (const output of document.querySelectorAll("[data-lines]")) {
  const rows = output.querySelector("tbody");
  const badge = document.getElementById("following");
  const events = new EventSource(output.dataset.lines);
  const most = 5000;
  let fresh = true;
  const tell = (good) => {
    badge.hidden = false;
    badge.textContent = good ? badge.dataset.connected : badge.dataset.lost;
    badge.className = good ? "state s-live" : "state s-pending";
  };
  events.addEventListener("open", () => { fresh = true; tell(true); });
  events.addEventListener("error", () => { tell(false); });
  events.addEventListener("line", (event) => {
    const line = JSON.parse(event.data);
    const stay = !fresh && output.scrollHeight - output.scrollTop - output.clientHeight >= 40;
    // Each connection, also one after the server was restarted, begins with the lines of the past.
    if (fresh) {
      rows.replaceChildren();
      output.querySelector(".none")?.remove();
      fresh = false;
    }
    const row = rows.insertRow();
    row.className = line.stream === "stderr" ? "err" : "";
    for (const [name, text] of [["at", line.at.slice(5, 19).replace("T", " ")], ["who", line.instance], ["text", line.text]]) {
      const cell = row.insertCell();
      cell.className = name;
      cell.textContent = text;
    }
    while (rows.rows.length > most) {
      rows.deleteRow(0);
    }
    if (!stay) {
      output.scrollTop = output.scrollHeight;
    }
  });
}
