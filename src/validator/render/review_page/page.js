"use strict";
(function () {
  var find = function (selector, from) { return Array.from((from || document).querySelectorAll(selector)); };
  var one = function (id) { return document.getElementById(id); };
  var table = one("matrix-table"), body = table.tBodies[0], form = one("filters");
  var rows = Array.from(body.rows);
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  var plain = function (text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
  };

  /* Sorting: a button in each header; the first press on a column of counts puts the most first. */
  var key = function (row, at) {
    var cell = row.cells[at];
    return cell.hasAttribute("data-sort") ? cell.getAttribute("data-sort") : cell.textContent.trim();
  };
  var sort = function (header) {
    var most = header.hasAttribute("data-most");
    var now = header.getAttribute("aria-sort");
    var order = now === "none" ? (most ? "descending" : "ascending") : now === "ascending" ? "descending" : "ascending";
    find("thead th", table).forEach(function (other) { other.setAttribute("aria-sort", "none"); });
    header.setAttribute("aria-sort", order);
    var sign = order === "ascending" ? 1 : -1, at = header.cellIndex;
    var sorted = rows.map(function (row, index) { return { row: row, index: index, key: key(row, at) }; });
    sorted.sort(function (a, b) { return sign * collator.compare(a.key, b.key) || a.index - b.index; });
    sorted.forEach(function (each) { body.appendChild(each.row); });
  };
  find("thead th", table).forEach(function (header) {
    var words = header.querySelector(".sorter"), button = document.createElement("button");
    button.type = "button";
    button.append(words.textContent);
    button.addEventListener("click", function () { sort(header); });
    words.hidden = true;
    words.after(button);
  });

  /* Filtering: rows of the matrix and the sections of the same units. */
  var value = function (id) { return one(id).value; };
  var counted = function (row, topic, kind) {
    var cells = topic === "" ? find("td.total", row) : find('td[data-topic="' + topic + '"]', row);
    return cells.some(function (cell) {
      var kinds = cell.getAttribute("data-kinds").split(" ").filter(Boolean);
      return kind === "" ? kinds.length > 0 : kinds.indexOf(kind) >= 0;
    });
  };
  var words = rows.map(function (row) { return plain(row.cells[0].textContent); });
  var filter = function () {
    var text = plain(value("filter-unit")), topic = value("filter-topic");
    var kind = value("filter-severity"), state = value("filter-state");
    var quiet = one("filter-busy") !== null && one("filter-busy").checked;
    var shown = 0;
    rows.forEach(function (row, index) {
      var fits = words[index].indexOf(text) >= 0 &&
        (state === "" || row.getAttribute("data-states").split(" ").indexOf(state) >= 0) &&
        ((topic === "" && kind === "") || counted(row, topic, kind));
      row.hidden = !fits;
      one(row.getAttribute("data-unit")).hidden = !fits;
      shown += fits ? 1 : 0;
    });
    find("[data-topic]", table).forEach(function (cell) {
      cell.hidden = topic !== "" ? cell.getAttribute("data-topic") !== topic : quiet && cell.hasAttribute("data-quiet");
    });
    var status = one("shown");
    status.textContent = status.getAttribute("data-words").replace("%1", shown).replace("%2", rows.length);
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () {
    document.body.classList.remove("print-no-text");
    setTimeout(filter, 0);
  });
  form.hidden = false;
  filter();

  /* Jumping: a link to a unit that is filtered away shows it again, and the target takes the focus. */
  var arrive = function () {
    var target = one(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    for (var at = target; at; at = at.parentElement) {
      if (at.hidden) { at.hidden = false; }
      if (at.matches(".unit")) { at.classList.add("seen"); }
      if (at.tagName === "DETAILS") { at.open = true; }
    }
    target.scrollIntoView({
      block: target.matches("mark, .finding") ? "nearest" : "start",
      behavior: document.body.matches(".long") ? "instant" : "auto"
    });
    target.focus({ preventScroll: true });
  };
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest('a[href^="#"]') : null;
    if (link && link.getAttribute("href") === location.hash) { setTimeout(arrive, 0); }
  });
  window.addEventListener("hashchange", arrive);

  /* Printing everything that is shown, or one unit. */
  one("print-text").addEventListener("change", function (event) {
    document.body.classList.toggle("print-no-text", !event.target.checked);
  });
  one("print-all").addEventListener("click", function () { window.print(); });
  find(".print-one").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var unit = one(button.getAttribute("data-unit"));
      document.body.classList.add("print-chosen");
      unit.classList.add("chosen");
      var done = function () {
        document.body.classList.remove("print-chosen");
        unit.classList.remove("chosen");
        window.removeEventListener("afterprint", done);
      };
      window.addEventListener("afterprint", done);
      window.print();
    });
  });
})();
