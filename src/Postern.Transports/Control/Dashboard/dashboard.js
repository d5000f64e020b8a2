"use strict";
// Everything that is shown goes through textContent: what agents and servers wrote is text here and nothing else.
(() => {
  const API = "/api/v1/", KEEP = "postern-token", ROWS = 200;
  const $ = id => document.getElementById(id);
  let token = sessionStorage.getItem(KEEP) ?? "", live = null, rows = [], timer = 0, halted = false, apiHolds = false, shownAsks = "";

  const el = (tag, text, type) => {
    const made = document.createElement(tag);
    if (text !== undefined && text !== null) made.textContent = text;
    if (type) made.className = type;
    return made;
  };
  const with_ = (parent, ...children) => { parent.append(...children); return parent; };
  const button = (text, act, type) => { const made = el("button", text, type); made.type = "button"; made.addEventListener("click", act); return made; };
  const time = text => new Date(text).toLocaleTimeString();
  const bytes = count => count < 1024 ? count + " B" : count < 1048576 ? (count / 1024).toFixed(1) + " KiB" : count < 1073741824 ? (count / 1048576).toFixed(1) + " MiB" : (count / 1073741824).toFixed(2) + " GiB";
  const span = seconds => seconds < 120 ? seconds + " s" : seconds < 7200 ? Math.floor(seconds / 60) + " min" : Math.floor(seconds / 3600) + " h";

  async function ask(path, body) {
    const answer = await fetch(API + path, {
      method: body === undefined ? "GET" : "POST", cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer",
      headers: { "Authorization": "Bearer " + token, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (answer.status === 401) { leave("This token is not valid."); throw new Error("token"); }
    const said = await answer.json();
    if (!answer.ok && answer.status !== 409) throw new Error(said.detail ?? "HTTP " + answer.status);
    if (!answer.ok && said.said === undefined) throw new Error(said.detail);
    return said;
  }

  function sure(text, more) {
    $("sure-text").textContent = text;
    $("sure-more").textContent = more ?? "";
    $("sure-more").hidden = !more;
    $("sure").returnValue = "no";
    $("sure").showModal();
    return new Promise(done => $("sure").addEventListener("close", () => done($("sure").returnValue === "yes"), { once: true }));
  }

  const act = async (path, body) => {
    try { await ask(path, body); } catch (fault) { say(fault.message, true); }
    await refresh();
  };

  function say(text, isBad) { $("link").textContent = text; $("link").className = isBad ? "block" : ""; }

  async function enter() {
    const status = await ask("status");
    sessionStorage.setItem(KEEP, token);
    $("enter").hidden = true;
    for (const id of ["board", "kill", "reload", "leave"]) $(id).hidden = false;
    show(status);
    rows = (await ask("decisions")).decisions.reverse();
    drawRows();
    watch();
    clearInterval(timer);
    timer = setInterval(refresh, 3000);
    await refresh();
  }

  function leave(why) {
    token = "";
    sessionStorage.removeItem(KEEP);
    clearInterval(timer);
    live?.abort();
    for (const id of ["board", "kill", "reload", "leave"]) $(id).hidden = true;
    for (const id of ["live", "asks", "grants", "who", "facts", "top"]) $(id).replaceChildren();
    rows = []; shownAsks = "";
    $("enter").hidden = false;
    $("refused").textContent = why ?? "";
    say("not connected");
    $("token").focus();
  }

  // EventSource can send no token, so the stream is read by hand.
  async function watch() {
    live?.abort();
    const mine = live = new AbortController();
    try {
      const answer = await fetch(API + "events", { headers: { "Authorization": "Bearer " + token }, signal: mine.signal, cache: "no-store", credentials: "omit" });
      if (!answer.ok) throw new Error("HTTP " + answer.status);
      say("live");
      const text = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ""; ;) {
        const { value, done } = await text.read();
        if (done) break;
        rest += value;
        for (let end; (end = rest.indexOf("\n\n")) >= 0; rest = rest.slice(end + 2)) take(rest.slice(0, end));
      }
    } catch { /* told below */ }
    if (mine === live && token) { say("the stream broke off, trying again", true); setTimeout(() => mine === live && token && watch(), 2000); }
  }

  function take(event) {
    const data = event.match(/^data: (.*)$/m)?.[1];
    if (data === undefined) return;
    if (event.startsWith("event: missed")) { say("live, " + data + " decisions were too fast to show"); return; }
    const decision = JSON.parse(data);
    if (decision.event === "notice") refresh();
    rows.unshift(decision);
    rows.length = Math.min(rows.length, ROWS);
    if (!$("still").checked) drawRows();
  }

  let drawing = false;
  function drawRows() {
    if (drawing) return;
    drawing = true;
    requestAnimationFrame(() => {
      drawing = false;
      const needle = $("filter").value.toLowerCase(), only = $("only").checked;
      $("live").replaceChildren(...rows.filter(row => !only || row.effect !== "allow" && row.event !== "notice")
        .filter(row => !needle || JSON.stringify(row).toLowerCase().includes(needle)).map(rowOf));
    });
  }

  function rowOf(row) {
    const why = el("td");
    if (row.note) why.append(el("div", row.note));
    for (const finding of row.findings) {
      why.append(with_(el("div"), el("span", finding.rule, "rule"), " " + finding.title + (finding.where ? " in " + finding.where : "") + (finding.view && finding.view !== "raw" ? " (" + finding.view + ")" : "")));
      if (row.effect !== "allow") why.append(el("div", finding.remedy, "dim"));
    }
    if (row.evidence) why.append(el("div", row.evidence, "dim rule"));
    const effect = row.event === "notice" ? "notice" : row.observed ? row.effect + ", would " + row.observed : row.effect;
    return with_(el("tr"), el("td", time(row.time), "time"), with_(el("td"), el("span", effect, "tag " + (row.effect === "ask" ? "ask-tag" : row.event === "notice" ? "dim" : row.effect))),
      el("td", row.actor + ", " + row.transport), el("td", (row.direction === "inbound" ? "from " : "") + row.destination), why);
  }

  async function refresh() {
    if (!token) return;
    try {
      const [status, sessions, approvals] = await Promise.all([ask("status"), ask("sessions"), ask("approvals")]);
      show(status);
      showSessions(sessions.sessions, status.policy);
      showApprovals(approvals);
    } catch (fault) { if (token) say(fault.message, true); }
  }

  function show(status) {
    halted = status.kill_switch.active;
    apiHolds = status.kill_switch.sources.api;
    const held = Object.entries(status.kill_switch.sources).filter(([, on]) => on).map(([name]) => name);
    $("kill").textContent = apiHolds ? "Let it go on" : "Stop everything";
    $("kill").setAttribute("aria-pressed", String(halted));
    const alarms = [];
    if (halted) alarms.push("The kill switch is on (" + held.join(", ") + "): nothing passes.");
    if (status.evidence.lost_because) alarms.push("Evidence cannot be kept: nothing passes. " + status.evidence.lost_because);
    if (!status.policy.enforce) alarms.push("Observing only: enforce is false, nothing is refused.");
    $("alarm").hidden = alarms.length === 0;
    if ($("alarm").textContent !== alarms.join(" ")) $("alarm").textContent = alarms.join(" ");
    const facts = [
      ["Let through", status.decisions.allow + status.decisions.redact], ["Edited", status.decisions.redact], ["Refused", status.decisions.block],
      ["Inspected", bytes(status.inspected_bytes)], ["Passed unread", bytes(status.opaque_bytes)],
      ["Evidence signed", status.evidence.lost_because ? "lost" : status.evidence.size === undefined ? "none yet" : status.evidence.size + " records"],
      ["Checkpoint", status.evidence.root ? status.evidence.root.slice(0, 12) + "…" : "none yet"],
      ["Policy", "revision " + status.policy.revision + ", " + status.policy.mode], ["Policy hash", status.policy.hash.slice(0, 12) + "…"],
      ["Up", span(status.uptime_seconds)], ["Version", status.version], ["You are", status.operator],
    ];
    $("facts").replaceChildren(...facts.map(([name, value]) => with_(el("div"), el("dt", name), el("dd", String(value)))));
    $("top").replaceChildren(...status.top_rules.map(rule => with_(el("li"), el("span", rule.name, "rule"), " " + rule.count)));
  }

  function showSessions(sessions, policy) {
    if ($("who").contains(document.activeElement)) return;
    const head = with_(el("tr"), ...["Who", "State", "Last", "Passed", "Refused", "Bytes", "This minute", ""].map(name => { const cell = el("th", name); cell.scope = "col"; return cell; }));
    $("who").replaceChildren(with_(el("thead"), head), with_(el("tbody"), ...sessions.map(session => {
      const minute = el("td");
      for (const use of session.destinations.filter(use => use.requests_this_minute > 0).slice(0, 3)) {
        minute.append(with_(el("div"), el("span", use.destination, "rule"), " ", meter(use.requests_this_minute, policy.requests_per_minute, "requests"), policy.bytes_per_minute ? meter(use.bytes_this_minute, policy.bytes_per_minute, "bytes") : ""));
      }
      const path = "sessions/" + encodeURIComponent(session.actor);
      const isStopped = session.state === "terminated";
      return with_(el("tr"), el("td", session.actor + " (" + session.transports.join(", ") + ")"), with_(el("td"), el("span", session.state, "tag " + session.state)), el("td", time(session.last_seen), "time"),
        el("td", session.allowed, "number"), el("td", session.blocked, "number"), el("td", bytes(session.bytes), "number"), minute,
        with_(el("td"), with_(el("div", null, "bar"),
          button("Explain", async () => { const told = await ask(path + "/explain"); await sure(told.why, told.objections.map(one => time(one.time) + "  " + one.effect + "  " + one.destination + "\n" + one.findings.map(finding => "   " + finding.rule + ": " + finding.title + (finding.where ? " in " + finding.where : "") + "\n   " + finding.remedy).join("\n")).join("\n") || "Nothing was refused."); }),
          button("Release", async () => { if (await sure("Release " + session.actor + "? Its budgets, windows and suspicions begin anew" + (isStopped ? ", and it may go on." : "."))) act(path + "/release", {}); }),
          isStopped ? "" : button("Terminate", async () => { if (await sure("Terminate " + session.actor + "? What runs is cut, and nothing of it passes until it is released.")) act(path + "/terminate", {}); }, "bad"))));
    })));
  }

  function meter(value, max, unit) {
    if (!max) return el("span", value + " " + unit, "dim");
    const made = el("meter", null, "meter");
    made.max = max; made.value = value; made.high = max * .8; made.optimum = 0;
    made.setAttribute("aria-label", unit);
    return with_(el("span"), made, el("span", " " + value + " of " + max + " " + unit, "dim"));
  }

  function showApprovals(said) {
    $("waiting").textContent = said.approvals.length;
    $("waiting").className = said.approvals.length ? "count some" : "count";
    document.title = (said.approvals.length ? "(" + said.approvals.length + ") " : "") + "Postern";
    const now = JSON.stringify(said);
    if (now === shownAsks) return;
    shownAsks = now;
    $("asks").replaceChildren(...(said.approvals.length ? said.approvals.map(askOf) : [el("p", "Nobody waits.", "dim")]));
    $("grants").replaceChildren(...said.grants.map(grant => with_(el("div", null, "grant"),
      el("span", "Standing: " + [grant.actor, grant.action, grant.target].join(" ") + ", " + (grant.scope === "alike" ? "all that asks alike" : "its repetitions") + ", by " + grant.by + " until " + time(grant.until)),
      button("Revoke", () => act("approvals/" + grant.id + "/revoke", {})))));
  }

  function askOf(ask) {
    const minutes = el("input"); minutes.type = "number"; minutes.min = 0; minutes.max = 1440; minutes.value = 0; minutes.setAttribute("aria-label", "minutes that it stands");
    const scope = el("select"); scope.setAttribute("aria-label", "what it covers");
    for (const [value, text] of [["exact", "its repetitions"], ["alike", "all that asks alike"]]) { const option = el("option", text); option.value = value; scope.append(option); }
    const decide = decision => act("approvals/" + ask.id, decision === "deny" ? { decision } : { decision, minutes: Number(minutes.value) || 0, scope: scope.value });
    const card = with_(el("article", null, "ask"),
      with_(el("h3"), "#" + ask.id + " ", el("span", ask.risk, "tag ask-tag"), " " + ask.actor + " over " + ask.transport + ", " + ask.direction + ": " + ask.action + " " + ask.target),
      with_(el("ul"), ...ask.reasons.map(reason => with_(el("li"), el("span", reason.rule, "rule"), " " + reason.title + (reason.where ? " in " + reason.where : "") + (reason.detail ? ": " + reason.detail : "")))),
      el("pre", ask.excerpt),
      with_(el("div", null, "bar"), button("Approve", () => decide("approve"), "main"), button("Deny", () => decide("deny"), "bad"),
        with_(el("label"), "and for ", minutes, " minutes "), scope,
        el("span", "until " + time(ask.until) + (ask.approved_by.length ? ", approved by " + ask.approved_by.join(", ") + "; one more is needed" : ""), "dim")));
    card.dataset.id = ask.id;
    return card;
  }

  $("enter").addEventListener("submit", async event => {
    event.preventDefault();
    token = $("token").value.trim();
    $("token").value = "";
    $("refused").textContent = "";
    try { await enter(); } catch (fault) { if (token) leave(fault.message); }
  });
  $("leave").addEventListener("click", () => leave());
  $("kill").addEventListener("click", async () => {
    // Stopping asks nothing: it is the button for when there is no time.
    if (!apiHolds) act("killswitch", { active: true });
    else if (await sure("Let traffic pass again? Other sources of the kill switch hold by themselves.")) act("killswitch", { active: false });
  });
  $("reload").addEventListener("click", async () => {
    try { const report = await ask("reload", {}); await sure(report.refused ? "The file was not taken." : "Revision " + report.policy_revision + " is in force.", report.said.join("\n") || "Nothing changed."); } catch (fault) { say(fault.message, true); }
    refresh();
  });
  for (const id of ["only", "still", "filter"]) $(id).addEventListener("input", drawRows);
  document.addEventListener("keydown", event => {
    if ($("board").hidden || $("sure").open || event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const go = { k: $("kill"), a: document.querySelector("#asks button"), "/": $("filter") }[event.key];
    if (event.key === "p") { $("still").checked = !$("still").checked; drawRows(); }
    else if (go) { event.preventDefault(); go.focus(); }
  });
  if (token) enter().catch(() => token && leave()); else $("token").focus();
})();
