/* Drafts: what is typed is kept on the server every 20 seconds and before every submit. Without this file, 保存草稿 does it. */
(function () {
  "use strict";

  var EVERY = 20 * 1000; // ms
  var form = document.querySelector("form[data-autosave]");
  if (!form) return;
  var saved = form.querySelector("[data-saved]");
  var kept = content();
  var under = null;

  function content() {
    var data = new FormData(form);
    data.delete("attachments");
    data.delete("revision");
    data.delete("csrfmiddlewaretoken");
    return new URLSearchParams(data).toString();
  }

  function tell(text) { saved.textContent = text; }

  /* Signed in again in another window: the page has an old safety token. Fetch a new one; null where nobody is signed in. */
  function freshToken() {
    return fetch(form.action, { credentials: "same-origin" }).then(function (answer) {
      if (answer.redirected || !answer.ok) return null;
      return answer.text().then(function (html) {
        var page = new DOMParser().parseFromString(html, "text/html");
        var field = page.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]");
        return field && field.value;
      });
    });
  }

  function login(text) {
    tell(text);
    var link = document.createElement("a");
    link.href = document.body.dataset.loginUrl + "?next=" + encodeURIComponent(location.pathname + location.search);
    link.target = "_blank";
    link.textContent = "在新窗口登录";
    saved.append(link);
  }

  /* Resolves to whether everything typed so far is on the server. */
  function save() {
    if (under) return under.then(save); // what was typed meanwhile goes next
    var now = content();
    if (now === kept) return Promise.resolve(true);
    var data = new FormData(form);
    data.delete("attachments");
    data.set("do", "autosave");
    under = fetch(form.action, { method: "POST", body: data, credentials: "same-origin", redirect: "manual" })
      .then(function (answer) {
        if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return renew();
        return answer.json().then(function (told) {
          if (!answer.ok) { tell(told.message); return false; }
          form.elements.revision.value = told.revision;
          kept = now;
          tell("已自动保存 " + told.saved_at);
          return true;
        });
      })
      .catch(function () {
        tell("网络已断开或暂时不可用，已填内容仍在本页，恢复后自动续存。");
        return false;
      })
      .then(function (done) { under = null; return done; });
    return under;
  }

  function renew() {
    return freshToken().then(function (token) {
      if (!token || token === form.elements.csrfmiddlewaretoken.value) {
        login("登录已过期，已填内容仍在本页，尚未保存。登录后回到本页会自动续存。");
        return false;
      }
      form.elements.csrfmiddlewaretoken.value = token;
      setTimeout(save);
      tell("正在续存…");
      return false;
    });
  }

  setInterval(save, EVERY);
  window.addEventListener("focus", save);
  /* Leaving without pressing anything: what was typed last goes along. */
  window.addEventListener("pagehide", function () {
    if (content() === kept || form.dataset.busy === "yes") return;
    var data = new FormData(form);
    data.delete("attachments");
    data.set("do", "autosave");
    fetch(form.action, { method: "POST", body: data, credentials: "same-origin", keepalive: true });
  });
  form.addEventListener("change", function (event) { if (event.target.type !== "file") save(); });
  window.addEventListener("online", save);

  /* A submit that cannot reach the server, or whose session has ended, never takes the page away with what is on it. */
  var through = false;
  form.addEventListener("submit", function (event) {
    if (through) return;
    event.preventDefault();
    var submitter = event.submitter;
    save().then(function (done) {
      var conflict = saved.textContent.indexOf("也在填写") >= 0;
      form.dataset.busy = "";
      if (submitter) { submitter.textContent = submitter.dataset.label || submitter.textContent; submitter.removeAttribute("aria-busy"); }
      if (!done && !conflict) return saved.scrollIntoView({ block: "center" });
      // A form that is still firing its first submit ignores a second one.
      setTimeout(function () {
        through = true;
        form.requestSubmit(submitter);
        through = false;
      });
    });
  });

  /* Files go up as soon as they are chosen, so that each page is seen at once. */
  form.addEventListener("change", function (event) {
    if (event.target.type !== "file" || !event.target.files.length) return;
    form.requestSubmit(form.querySelector("button[value=save]"));
  });
})();
