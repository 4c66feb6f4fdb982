/* Forms show what is needed now. Without this file every row and every choice is there at once. */
(function () {
  "use strict";

  function fieldOf(input) { return input.closest(".field"); }

  /* Rows beyond the first come one by one; a row that says something, or that is at fault, is there already. */
  function isWanted(row) {
    return row.some(function (input) { return input.value || fieldOf(input).matches(".field-faulty"); });
  }
  function foldRows(group, rows) {
    var waiting = rows.filter(function (row) { return !isWanted(row); });
    waiting.forEach(function (row) { row.forEach(function (input) { fieldOf(input).hidden = true; }); });
    if (!waiting.length) return;
    var more = document.createElement("button");
    more.type = "button";
    more.className = "btn btn-sm btn-outline-primary";
    more.textContent = "增加一项" + group;
    more.addEventListener("click", function () {
      var row = waiting.shift();
      row.forEach(function (input) { fieldOf(input).hidden = false; });
      if (!waiting.length) more.remove();
      row[0].focus();
    });
    var last = rows[rows.length - 1];
    fieldOf(last[last.length - 1]).after(more);
  }
  var groups = {};
  document.querySelectorAll("[data-rows]").forEach(function (input) {
    var rows = groups[input.dataset.rows] = groups[input.dataset.rows] || {};
    (rows[input.dataset.row] = rows[input.dataset.row] || []).push(input);
  });
  Object.keys(groups).forEach(function (group) { foldRows(group, Object.values(groups[group])); });

  /* Of a long list the groups that another field does not speak of are away. */
  function narrow(list, by) {
    list.querySelectorAll("optgroup").forEach(function (group) {
      group.hidden = group.disabled = Boolean(by.value) && group.label !== by.value;
    });
    var chosen = list.selectedOptions[0];
    if (!chosen || !chosen.parentNode.disabled) return;
    var same = Array.from(list.options).filter(function (one) { return one.value === chosen.value && !one.parentNode.disabled; });
    (same[0] || list.options[0]).selected = true;
  }
  document.querySelectorAll("select[data-narrowed-by]").forEach(function (list) {
    var by = list.form.elements[list.dataset.narrowedBy];
    narrow(list, by);
    by.addEventListener("change", function () { narrow(list, by); });
  });
})();
