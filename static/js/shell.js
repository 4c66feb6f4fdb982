/* What every page does beyond plain HTML. Each part only adds: without this file all forms and links still work. */
(function () {
  "use strict";

  var COMMIT_DELAY = 300; // ms without a key before a search is sent
  var IDLE_WARNING = 5 * 60; // s before the session ends
  var composing = false;
  var edited = false;

  function banner(kind, text, actions) {
    var place = document.getElementById("page-messages");
    if (!place) return;
    var box = document.createElement("div");
    box.className = "banner banner-" + kind;
    box.setAttribute("role", kind === "error" ? "alert" : "status");
    box.append(text);
    (actions || []).forEach(function (action) { box.append(action); });
    place.replaceChildren(box); // one banner at most
    box.scrollIntoView({ block: "nearest" });
  }

  function button(text, press) {
    var node = document.createElement("button");
    node.type = "button";
    node.className = "btn btn-sm btn-outline-primary";
    node.textContent = text;
    node.addEventListener("click", press);
    return node;
  }

  /* Search as one types: `q:commit` fires when a word is finished, never in the middle of composing 拼音. */
  var waiting = null;
  function commitSoon(field) {
    clearTimeout(waiting);
    waiting = setTimeout(function () {
      field.dispatchEvent(new CustomEvent("q:commit", { bubbles: true }));
    }, COMMIT_DELAY);
  }
  function isLiveSearch(node) { return node instanceof HTMLInputElement && node.type === "search" && "live" in node.dataset; }
  document.addEventListener("compositionstart", function () { composing = true; clearTimeout(waiting); });
  document.addEventListener("compositionend", function (event) {
    composing = false;
    if (isLiveSearch(event.target)) commitSoon(event.target);
  });
  document.addEventListener("input", function (event) {
    if (event.target.form && event.target.form.method === "post") edited = true;
    if (!composing && isLiveSearch(event.target)) commitSoon(event.target);
  });

  /* A second press of a submit button is ignored while the first is under way. */
  function setBusy(form, submitter, busy) {
    form.dataset.busy = busy ? "yes" : "";
    var node = submitter || form.querySelector("button[type=submit]");
    if (!node || !node.classList.contains("btn")) return;
    if (busy) node.dataset.label = node.textContent;
    node.textContent = busy ? "提交中…" : node.dataset.label || node.textContent;
    node.setAttribute("aria-busy", String(busy));
  }
  function release(form) { setBusy(form, form.querySelector("[aria-busy=true]"), false); }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || "repeatable" in form.dataset || form.matches("[hx-post]")) return;
    if (form.dataset.busy === "yes") {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    setBusy(form, event.submitter, true);
    edited = false;
  }, true);
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) document.querySelectorAll("form[data-busy=yes]").forEach(release);
  });

  /* Partial pages: what went wrong is said in words, and nothing typed is lost. */
  function sessionEnded() {
    var login = document.body.dataset.loginUrl;
    if (!edited) {
      location.assign(login + "?next=" + encodeURIComponent(location.pathname + location.search));
      return;
    }
    var link = document.createElement("a");
    link.href = login;
    link.target = "_blank";
    link.className = "btn btn-sm btn-outline-primary";
    link.textContent = "在新窗口登录";
    banner("warning", "登录已过期，已填内容仍在本页。登录后回到本页再提交。", [link]);
  }
  var PROBLEMS = {
    403: "当前身份不能办理这项内容。",
    404: "这项内容已不在原处，请刷新本页。",
    409: "这份内容刚被他人改过，请刷新后对照。已填文字可先复制。",
    413: "文件超过大小上限，请压缩或拆分后再次上传。",
    429: "请求过于频繁，请稍后再试。",
  };
  document.addEventListener("htmx:responseError", function (event) {
    var status = event.detail.xhr.status;
    if (status === 401) return sessionEnded();
    banner("error", PROBLEMS[status] || "这部分内容暂时取不到，已填内容仍在本页，请稍后再试。");
  });
  document.addEventListener("htmx:sendError", function () {
    banner("warning", "网络已断开，已填内容仍在本页，恢复后可继续。");
  });
  window.addEventListener("offline", function () {
    banner("warning", "网络已断开，已填内容仍在本页，恢复后可继续。");
  });
  window.addEventListener("online", function () { banner("info", "网络已恢复，可以继续。"); });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.detail.elt.closest && event.detail.elt.closest("form[data-busy=yes]");
    if (form) release(form);
    rememberRequest();
  });

  /* 怎么算的: a second press folds the receipt away. */
  document.addEventListener("htmx:beforeRequest", function (event) {
    var link = event.detail.elt;
    if (link.matches("form")) setBusy(link, null, true);
    if (!link.matches(".basis-link")) return;
    var open = link.getAttribute("aria-expanded") === "true";
    link.setAttribute("aria-expanded", String(!open));
    if (!open) return;
    event.preventDefault();
    event.detail.target.replaceChildren();
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    prepare(event.detail.elt);
    var summary = event.detail.elt.querySelector("[data-autofocus]");
    if (summary) summary.focus();
    else if (event.detail.target.matches("[tabindex='-1']")) event.detail.target.focus({ preventScroll: true });
  });

  /* Idle: five minutes before the session ends, offer to go on. */
  var lastRequest = Date.now();
  var warned = false;
  function rememberRequest() { lastRequest = Date.now(); warned = false; }
  function keepAlive() {
    fetch(document.body.dataset.keepAliveUrl, { credentials: "same-origin" }).then(function (answer) {
      if (answer.redirected || !answer.ok) return sessionEnded();
      rememberRequest();
      banner("info", "已延长登录时间，可以继续。");
    });
  }
  var sessionSeconds = Number(document.body.dataset.sessionSeconds || 0);
  if (sessionSeconds > IDLE_WARNING) {
    setInterval(function () {
      if (warned || (Date.now() - lastRequest) / 1000 < sessionSeconds - IDLE_WARNING) return;
      warned = true;
      banner("warning", "长时间没有操作，5 分钟后将退出登录。", [button("继续使用", keepAlive)]);
    }, 15000);
  }

  /* Ctrl+Enter presses the one button of a form; of several the form's own choice, else a person chooses. */
  function pressButton(form) {
    var buttons = form.querySelectorAll("button[type=submit]:not([tabindex])");
    var chosen = form.querySelector("[data-ctrl-enter]") || (buttons.length === 1 && buttons[0]);
    if (chosen) form.requestSubmit(chosen);
    else if (buttons.length) buttons[0].focus();
  }

  /* Esc closes the account menu, Ctrl+Enter submits; keys without Ctrl are in keys.js. */
  document.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    var menu = document.querySelector(".account-menu[open]");
    if (event.key === "Escape" && menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.key === "Enter" && event.ctrlKey && event.target.form) {
      pressButton(event.target.form);
    }
  });
  document.addEventListener("click", function (event) {
    var menu = document.querySelector(".account-menu[open]");
    if (menu && !menu.contains(event.target)) menu.open = false;
    if (event.target.closest("[data-print]")) window.print();
  });

  /* Fields: a calendar beside each date, and 显示 beside each password. */
  function addCalendar(field) {
    var calendar = document.createElement("input");
    calendar.type = "date";
    calendar.className = "form-control date-picker";
    calendar.setAttribute("aria-label", "从日历选日期");
    if (/^\d{4}-\d{2}-\d{2}$/.test(field.value)) calendar.value = field.value;
    calendar.addEventListener("change", function () {
      field.value = calendar.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    field.after(calendar);
  }
  function addReveal(field) {
    var toggle = button("显示", function () {
      var hidden = field.type === "password";
      field.type = hidden ? "text" : "password";
      toggle.textContent = hidden ? "隐藏" : "显示";
    });
    toggle.setAttribute("aria-controls", field.id);
    toggle.setAttribute("aria-label", "显示或隐藏密码");
    field.after(toggle);
  }
  function prepare(root) {
    root.querySelectorAll("input[data-date]:not([data-ready])").forEach(addCalendar);
    root.querySelectorAll("input[type=password]:not([data-ready])").forEach(addReveal);
    root.querySelectorAll("input[data-date], input[type=password]").forEach(function (field) { field.dataset.ready = ""; });
  }
  prepare(document);

  /* On a phone the filters, and the steps that are not on yet, are folded until somebody asks for them. */
  function foldSteps(lane) {
    var rest = Array.from(lane.querySelectorAll(".step-future, .step-na"));
    if (rest.length < 2) return;
    rest.forEach(function (row) { row.hidden = true; });
    var more = button("其余 " + rest.length + " 步", function () {
      rest.forEach(function (row) { row.hidden = false; });
      more.remove();
      rest[0].tabIndex = -1;
      rest[0].focus();
    });
    lane.querySelector("table").after(more);
  }
  if (window.matchMedia("(max-width: 640px)").matches) {
    document.querySelectorAll("details[data-fold]").forEach(function (fold) { fold.open = false; });
    document.querySelectorAll(".lane").forEach(foldSteps);
  }

  /* 已打开: two seconds before somebody's eyes. */
  var unopened = document.querySelector("form[data-opened]");
  if (unopened) {
    setTimeout(function () {
      if (document.visibilityState !== "visible") return;
      var body = new FormData(unopened);
      fetch(unopened.action, { method: "POST", body: body, credentials: "same-origin", redirect: "manual" }).then(function () {
        unopened.remove();
        document.querySelectorAll("form[data-undo]").forEach(function (undo) { undo.hidden = false; });
      });
    }, 2000);
  }
  var summary = document.querySelector("[data-autofocus]");
  if (summary) summary.focus();
})();
