/* Tables that are on the page as a whole (data-sortable) are sorted where they are by a press on a heading. */
(function () {
  "use strict";

  var number = /-?\d+(?:\.\d+)?/;
  var order = new Intl.Collator("zh-Hans-CN", { numeric: true });

  function textOf(row, place) { return row.cells[place] ? row.cells[place].textContent.trim() : ""; }
  function compare(one, other) {
    var a = number.exec(one), b = number.exec(other);
    if (a && b && a.index === 0 && b.index === 0) return parseFloat(a[0]) - parseFloat(b[0]);
    return order.compare(one, other);
  }
  function sort(table, heading, place) {
    var up = heading.getAttribute("aria-sort") !== "ascending";
    var body = table.tBodies[0];
    var rows = Array.from(body.rows).sort(function (one, other) {
      return (up ? 1 : -1) * compare(textOf(one, place), textOf(other, place));
    });
    table.querySelectorAll("th[aria-sort]").forEach(function (each) { each.setAttribute("aria-sort", "none"); });
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    body.append.apply(body, rows);
  }
  document.querySelectorAll("table[data-sortable]").forEach(function (table) {
    Array.from(table.tHead.rows[0].cells).forEach(function (heading, place) {
      if (!heading.textContent.trim()) return;
      var press = document.createElement("button");
      press.type = "button";
      press.className = "sort-button";
      press.append.apply(press, Array.from(heading.childNodes));
      heading.append(press);
      heading.setAttribute("aria-sort", "none");
      press.addEventListener("click", function () { sort(table, heading, place); });
    });
  });
})();
