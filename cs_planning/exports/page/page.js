(() => {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const charts = document.querySelectorAll(".chart");
  const specs = charts.length ? read("specs") : {};
  const tooltip = { disableDefaultStyle: true };
  const noNetwork = { load: () => Promise.reject(new Error("offline")) };
  const options = { actions: false, ast: true, renderer: "svg", mode: "vega-lite", defaultStyle: false, tooltip, loader: noNetwork, logLevel: 1 };
  const draw = (place) => {
    const chart = read(place.dataset.rows);
    const spec = Object.assign({}, specs[chart.drawing], { data: { values: chart.rows } });
    window.vegaEmbed(place, spec, options).then(
      () => { place.dataset.drawn = "yes"; },
      (problem) => { place.dataset.drawn = "no"; place.textContent = place.getAttribute("aria-label"); console.error(problem); },
    );
  };
  // What is folded has no width yet: its charts are drawn when it is opened.
  for (const place of charts) {
    const folded = place.closest("section > details:not([open])");
    if (folded) folded.addEventListener("toggle", () => draw(place), { once: true });
    else draw(place);
  }
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("section > details")) folded.open = true;
  });
})();
