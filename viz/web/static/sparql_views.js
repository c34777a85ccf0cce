// Results as a chart and as a graph, beside the table: views of the result panel, drawn by ECharts.
"use strict";

const caimaiViews = (() => {
  const MOST_BARS = 60;
  const MOST_NODES = 300;
  const COLOURS = ["#9b2b2b", "#1d4f8f", "#2a6b3c", "#8a5300", "#5b3c88", "#59616d"];
  const FONT = { fontFamily: getComputedStyle(document.body).fontFamily };

  // The element whose data-… attributes hold the words of this page.
  const words = () => document.querySelector("[data-chart]").dataset;

  const short = (value) => {
    const text = decodeURIComponent(value.replace(/%(?![0-9a-f]{2})/gi, "%25"));
    const name = text.split(/[#/]/).filter(Boolean).pop() || text;
    return name.length > 28 ? name.slice(0, 27) + "…" : name;
  };

  const shown = (term) => (!term ? "" : term.type === "uri" ? short(term.value) : term.value);

  const isNumber = (term) => term && /#(integer|decimal|double|float|int|long|gYear)$/.test(term.datatype || "");

  const icon = (path) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", path);
    line.setAttribute("fill", "none");
    line.setAttribute("stroke", "currentColor");
    line.setAttribute("stroke-width", "1.6");
    svg.append(line);
    return svg;
  };

  function drawing(into, option) {
    const box = document.createElement("div");
    box.className = "drawing";
    into.append(box);
    const chart = echarts.init(box, null, { renderer: "canvas" });
    chart.setOption(option);
    const watch = new ResizeObserver(() => chart.resize());
    watch.observe(box);
    return () => {
      watch.disconnect();
      chart.dispose();
    };
  }

  function select(label, names, chosen, changed) {
    const around = document.createElement("label");
    const box = document.createElement("select");
    for (const name of names) box.append(new Option(name, name, false, name === chosen));
    box.addEventListener("change", () => changed(box.value));
    around.append(label + " ", box);
    return around;
  }

  function note(into, text) {
    const line = document.createElement("p");
    line.className = "quiet small";
    line.textContent = text;
    into.append(line);
  }

  class View {
    constructor(yasr) {
      this.yasr = yasr;
    }
    rows() {
      return (this.yasr.results && this.yasr.results.getBindings()) || [];
    }
    names() {
      return (this.yasr.results && this.yasr.results.getVariables()) || [];
    }
    destroy() {
      if (this.end) this.end();
      this.end = undefined;
    }
  }

  class Chart extends View {
    constructor(yasr) {
      super(yasr);
      this.priority = 3;
      this.label = words().chart;
    }
    numeric() {
      const rows = this.rows();
      return this.names().filter((name) => rows.some((row) => row[name]) && rows.every((row) => !row[name] || isNumber(row[name])));
    }
    canHandleResults() {
      return this.rows().length > 0 && this.numeric().length > 0;
    }
    getIcon() {
      return icon("M2 14V2M2 14h12M5 14V8M9 14V4M13 14v-4");
    }
    draw() {
      this.destroy();
      const numeric = this.numeric();
      const others = this.names().filter((name) => !numeric.includes(name) || /year|年/i.test(name));
      const values = numeric.filter((name) => !/year|年/i.test(name));
      this.value = values.includes(this.value) ? this.value : values[values.length - 1] || numeric[0];
      this.by = this.names().includes(this.by) ? this.by : others[0] || numeric[0];
      const into = this.yasr.resultsEl;
      into.replaceChildren();
      const tools = document.createElement("div");
      tools.className = "view-tools";
      const again = (key) => (name) => {
        this[key] = name;
        this.draw();
      };
      tools.append(select(words().value, numeric, this.value, again("value")), select(words().by, this.names(), this.by, again("by")));
      into.append(tools);
      const rows = this.rows().slice(0, MOST_BARS);
      if (this.rows().length > rows.length) note(into, words().tooMany.replace("{}", MOST_BARS));
      const rest = others.filter((name) => name !== this.by).slice(0, 1);
      this.end = drawing(into, {
        color: COLOURS, textStyle: FONT, animation: false, aria: { enabled: true },
        grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true },
        tooltip: { trigger: "axis", renderMode: "richText", confine: true },
        xAxis: { type: "value", splitNumber: into.clientWidth < 600 ? 2 : 5 },
        yAxis: {
          type: "category", inverse: true, axisLabel: { width: Math.min(260, into.clientWidth * 0.42), overflow: "truncate" },
          data: rows.map((row) => [...rest, this.by].map((name) => shown(row[name])).filter(Boolean).join(" · ")),
        },
        series: [{ type: "bar", name: this.value, data: rows.map((row) => (row[this.value] ? Number(row[this.value].value) : null)) }],
      });
      into.lastChild.style.height = Math.max(240, 60 + rows.length * 24) + "px";
    }
  }

  class Graph extends View {
    constructor(yasr) {
      super(yasr);
      this.priority = 2;
      this.label = words().graph;
    }
    ends() {
      const rows = this.rows();
      const names = this.names();
      if (["subject", "predicate", "object"].every((name) => names.includes(name))) return ["subject", "object", "predicate"];
      const nodes = names.filter((name) => rows.some((row) => row[name] && row[name].type !== "literal" && !isNumber(row[name]) && row[name].type !== "typed-literal"));
      return nodes.length < 2 ? null : nodes.length === 2 ? nodes : [nodes[0], nodes[nodes.length - 1], nodes[1]];
    }
    canHandleResults() {
      return this.rows().length > 0 && this.ends() !== null;
    }
    getIcon() {
      return icon("M4 4a2 2 0 1 0 0.1 0M12 5a2 2 0 1 0 0.1 0M7 12a2 2 0 1 0 0.1 0M5 6l2 5M10.5 7.5L8 11M5.5 4.5l5 1");
    }
    draw() {
      this.destroy();
      const [from, to, by] = this.ends();
      const nodes = new Map();
      const links = [];
      let left = false;
      for (const row of this.rows()) {
        const ends = [row[from], row[to]];
        if (!ends[0] || !ends[1]) continue;
        const fresh = ends.filter((end) => !nodes.has(end.value));
        if (nodes.size + fresh.length > MOST_NODES) {
          left = true;
          continue;
        }
        for (const end of ends)
          nodes.set(end.value, { id: end.value, name: shown(end), symbolSize: end.type === "uri" ? 16 : 9, symbol: end.type === "uri" ? "circle" : "rect", itemStyle: { color: end.type === "uri" ? COLOURS[1] : COLOURS[5] } });
        links.push({ source: ends[0].value, target: ends[1].value, value: by ? shown(row[by]) : "" });
      }
      const into = this.yasr.resultsEl;
      into.replaceChildren();
      if (left) note(into, words().tooMany.replace("{}", MOST_NODES));
      this.end = drawing(into, {
        textStyle: FONT, animation: false, aria: { enabled: true },
        tooltip: { renderMode: "richText", confine: true, formatter: (at) => (at.dataType === "edge" ? at.data.value : at.data.id) },
        series: [{
          type: "graph", layout: "force", roam: true, draggable: true, data: [...nodes.values()], links,
          force: { repulsion: 160, edgeLength: 90, layoutAnimation: false }, edgeSymbol: ["none", "arrow"], edgeSymbolSize: 7,
          label: { show: nodes.size <= 80, position: "right", fontSize: 11 },
          edgeLabel: { show: links.length <= 30, fontSize: 10, formatter: (at) => at.data.value },
          lineStyle: { color: "#8d8a83", curveness: 0.08 }, emphasis: { focus: "adjacency" },
        }],
      });
      into.lastChild.style.height = "560px";
    }
  }

  // What the endpoint says about a query that it does not answer.
  class Refusal extends View {
    constructor(yasr) {
      super(yasr);
      this.priority = 20;
      this.hideFromSelection = true;
    }
    canHandleResults() {
      return Boolean(this.yasr.results && this.yasr.results.hasError());
    }
    draw() {
      const said = this.yasr.results.res && this.yasr.results.res.content;
      const box = document.createElement("pre");
      box.className = "refusal";
      box.setAttribute("role", "alert");
      const stopped = (this.yasr.results.error || {}).name === "AbortError";
      box.textContent = stopped ? words().stopped : said || this.yasr.results.getError().text;
      this.yasr.resultsEl.replaceChildren(box);
    }
  }

  // Registers the views; asks for nothing outside this machine.
  function register(Yasr) {
    const { table, response } = Yasr.plugins;
    Yasr.registerPlugin("table", class extends table {
      label = words().table;
      // A number is shown as a number; its datatype stands in the raw answer.
      formatLiteral(term, prefixes) {
        return isNumber(term) && /^[-+.\deE]+$/.test(term.value) ? term.value : super.formatLiteral(term, prefixes);
      }
    });
    Yasr.registerPlugin("response", class extends response { label = words().response; });
    Yasr.registerPlugin("error", Refusal);
    Yasr.registerPlugin("chart", Chart);
    Yasr.registerPlugin("graph", Graph);
    Yasr.defaults.pluginOrder = ["table", "chart", "graph", "response"];
  }

  return { register };
})();
