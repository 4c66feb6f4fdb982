/* Keys without Ctrl or Alt. They do nothing while somebody types, and can be switched off in 提醒设置. */
(function () {
  "use strict";

  if (document.body.dataset.keys === "off") return;

  function rows() {
    return Array.from(document.querySelectorAll("main tbody tr")).filter(function (row) { return row.querySelector("a[href]"); });
  }
  function hereRow() { return document.activeElement.closest("main tbody tr"); }
  function step(by) {
    var all = rows();
    var here = all.indexOf(hereRow());
    var next = all[here < 0 ? 0 : Math.min(Math.max(here + by, 0), all.length - 1)];
    if (next) next.querySelector("a[href]").focus();
  }
  function tick() {
    var box = hereRow() && hereRow().querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
    return box;
  }
  function press(selector) {
    var node = document.querySelector(selector);
    if (node) node.click();
    return node;
  }
  /* One thing at a time (数据核对): J and K lead to the next and the one before, digits choose. */
  function turn(key, by) { if (!press("[data-shortcut='" + key + "']")) step(by); }
  function choose(digit) {
    var option = document.querySelectorAll("[data-choices] input[type=radio]")[digit - 1];
    if (!option || option.disabled) return;
    option.checked = true;
    option.focus();
  }
  function go(selector) {
    var node = document.querySelector(selector);
    if (node) node.focus();
  }

  var KEYS = {
    "/": function () { go("[data-shortcut='/']"); },
    "?": function () { location.assign(document.body.dataset.keepAliveUrl + "#help-keys"); },
    j: function () { turn("j", 1); },
    k: function () { turn("k", -1); },
    1: function () { choose(1); },
    2: function () { choose(2); },
    3: function () { choose(3); },
    4: function () { choose(4); },
    x: tick,
    e: function () { press(".case-now .btn-primary"); },
    n: function () { go("[data-shortcut='n']"); },
    r: function () {
      var read = document.querySelector("[data-shortcut='r']");
      if (!read) return;
      var box = hereRow() && hereRow().querySelector("input[type=checkbox]");
      if (box) box.checked = true;
      read.click();
    },
  };
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")) return;
    if (!Object.prototype.hasOwnProperty.call(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
})();
