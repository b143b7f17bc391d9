// What pages do beyond HTML: a form is sent once, running usage updates itself, months can be explored.
"use strict";

// Two clicks are one answer for the server too; this only spares the reader a second page.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
  });
}

const accruals = document.querySelector("[data-live]");
if (accruals) {
  const source = new EventSource(accruals.dataset.live);
  source.onmessage = (event) => {
    for (const row of JSON.parse(event.data).rows) {
      const line = accruals.querySelector(`[data-row="${CSS.escape(row.id)}"]`);
      if (!line) continue;
      const used = line.querySelector("[data-used]");
      used.textContent = used.textContent.replace(/^\S+/, row.used);
      line.querySelector("[data-amount]").textContent = row.amount;
      const share = line.querySelector("[data-share]");
      if (share) {
        share.textContent = `${row.share} %`;
        line.querySelector("meter").value = Math.min(100, row.share);
      }
    }
  };
  addEventListener("pagehide", () => source.close());
}

const plot = document.querySelector("[data-plot]");
if (plot && window.uPlot) {
  fetch(plot.dataset.plot)
    .then((answer) => answer.json())
    .then(({ labels, used, baseline }) => {
      if (labels.length < 2) return;
      const places = labels.map((_, place) => place);
      const chart = new uPlot(
        {
          width: plot.clientWidth,
          height: 220,
          scales: { x: { time: false }, y: { range: (_, low, high) => [0, high * 1.1] } },
          axes: [{ values: (_, ticks) => ticks.map((tick) => (labels[tick] || "").slice(0, 3)) }, { size: 64 }],
          series: [
            { label: "Month", value: (_, place) => labels[place] ?? "" },
            { label: "Used", stroke: "#0f3d5c", width: 2, fill: "rgba(15,61,92,.12)", points: { show: true } },
            { label: "Agreed", stroke: "#8a4310", width: 2, dash: [6, 4], points: { show: false } },
          ],
        },
        [places, used, baseline],
        plot,
      );
      document.querySelector("svg.chart")?.classList.add("printed");
      addEventListener("resize", () => chart.setSize({ width: plot.clientWidth, height: 220 }));
    });
}
