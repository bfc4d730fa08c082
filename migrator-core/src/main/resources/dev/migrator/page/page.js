(function () {
  'use strict';
  var doc = document;
  // What follows in the head reloads the page for those without a script: in a template it does nothing. Where this is
  // forbidden (Trusted Types), the page goes on as without a script.
  try {
    doc.write('<template>');
  } catch (e) {
    return;
  }
  doc.documentElement.classList.add('js');

  var RUNNING = 1000, IDLE = 5000, LOST = 2000, REFUSED = 30000, PATIENCE = 15000;
  var main, timer, waiting = 0, lastWhole = Date.now(), stale = false;

  function each(root, selector, does) {
    Array.prototype.forEach.call(root.querySelectorAll(selector), does);
  }

  // --- times: the reader's own

  function two(n) {
    return (n < 10 ? '0' : '') + n;
  }

  function localTimes(root) {
    each(root, 'time[datetime]', function (time) {
      var d = new Date(time.getAttribute('datetime'));
      if (isNaN(d)) {
        return;
      }
      var text = d.getFullYear() + '-' + two(d.getMonth() + 1) + '-' + two(d.getDate()) + ' ' +
        two(d.getHours()) + ':' + two(d.getMinutes()) + ':' + two(d.getSeconds());
      if (time.textContent !== text) {
        time.title = time.textContent;
        time.textContent = text;
      }
    });
  }

  // --- the filter

  function rowsOf(part) {
    if (!part.bodies) {
      part.bodies = Array.prototype.map.call(part.table.tBodies, function (body) {
        return {body: body, rows: Array.prototype.map.call(body.rows, rowOf)};
      });
    }
    return part.bodies;
  }

  function rowOf(row) {
    var link = row.querySelector('a');
    var cells = row.cells;
    var text = [0, 1, 2, 3, 6].map(function (index) {
      return cells[index] ? cells[index].textContent : '';
    }).join(' ');
    return {row: row, state: row.getAttribute('data-state'), text: (text + ' ' + (link ? link.title : '')).toLowerCase()};
  }

  function filter(part) {
    var words = part.form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    var state = part.form.elements.state.value;
    var total = 0, shown = 0;
    rowsOf(part).forEach(function (chunk) {
      var before = shown;
      chunk.rows.forEach(function (each) {
        var match = (!state || each.state === state) && words.every(function (word) {
          return each.text.indexOf(word) >= 0;
        });
        shown += match ? 1 : 0;
        if (each.row.hidden === match) {
          each.row.hidden = !match;
        }
      });
      total += chunk.rows.length;
      chunk.body.hidden = shown === before;
    });
    var all = total.toLocaleString('en') + (total === 1 ? ' migration' : ' migrations');
    var count = shown === total ? all : shown.toLocaleString('en') + ' of ' + all;
    if (part.count.textContent !== count) {
      part.count.textContent = count;
    }
  }

  // What the server has filtered out is not here: the whole is fetched when the filter is changed.
  function startFilter(form) {
    var box = form.parentNode;
    var part = {form: form, table: box.querySelector('table'), count: box.querySelector('.count')};
    form.filterPart = part;
    var partial = location.search && /[?&](q|state)=[^&]/.test(location.search);
    var change = function () {
      if (partial) {
        partial = false;
        address(form);
        whole().then(function () {
          filter(part);
        }, function () {
          partial = true;
        });
        return;
      }
      filter(part);
      address(form);
    };
    form.addEventListener('input', change);
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      change();
    });
    form.addEventListener('reset', function () {
      setTimeout(change);
    });
    if (!partial) {
      filter(part);
    }
  }

  // The server filters by the address: what is fetched from here on is all, and the address stays good for a copy of it.
  function address(form) {
    if (!main.hasAttribute('data-live')) {
      return;
    }
    var url = new URL(location.href);
    ['q', 'state'].forEach(function (name) {
      var value = form.elements[name].value;
      if (value) {
        url.searchParams.set(name, value);
      } else {
        url.searchParams.delete(name);
      }
    });
    try {
      history.replaceState(null, '', url);
    } catch (e) {
      // too often in a short time: the next key does it
    }
  }

  // --- taking over what has changed, and only that: the focus, the selection and the scroll position stay

  function key(node) {
    return node.nodeType === 1 ? node.id || node.getAttribute('data-key') || node.getAttribute('data-migrator') || '' : '';
  }

  function same(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName && key(a) === key(b) &&
      (a.nodeType !== 1 || a.className === b.className);
  }

  function takeOver(old, fresh) {
    if (old.nodeType !== 1) {
      if (old.nodeValue !== fresh.nodeValue) {
        old.nodeValue = fresh.nodeValue;
      }
      return;
    }
    // most of a long table is as it was
    if (old.isEqualNode(fresh)) {
      return;
    }
    if (old.nodeName === 'FORM' || old.nodeName === 'DIALOG' || old.classList.contains('answer') || old.classList.contains('offline')) {
      return;
    }
    if (old.nodeName === 'TIME' && old.getAttribute('datetime') === fresh.getAttribute('datetime')) {
      return;
    }
    Array.prototype.slice.call(old.attributes).forEach(function (attribute) {
      if (!fresh.hasAttribute(attribute.name) && attribute.name !== 'hidden' && attribute.name !== 'open') {
        old.removeAttribute(attribute.name);
      }
    });
    Array.prototype.forEach.call(fresh.attributes, function (attribute) {
      if (old.getAttribute(attribute.name) !== attribute.value && attribute.name !== 'hidden' && attribute.name !== 'open') {
        old.setAttribute(attribute.name, attribute.value);
      }
    });
    var next = old.firstChild;
    Array.prototype.slice.call(fresh.childNodes).forEach(function (child) {
      var match = next;
      // white space is never worth to lose an element for
      while (match && !same(match, child)) {
        match = child.nodeType === 1 ? match.nextSibling : null;
      }
      if (!match) {
        old.insertBefore(doc.importNode(child, true), next);
        return;
      }
      while (next !== match) {
        var gone = next;
        next = next.nextSibling;
        old.removeChild(gone);
      }
      takeOver(match, child);
      next = match.nextSibling;
    });
    while (next) {
      var rest = next;
      next = next.nextSibling;
      old.removeChild(rest);
    }
  }

  // --- the live parts

  function get(part) {
    var url = new URL(location.href);
    url.hash = '';
    if (part) {
      url.searchParams.set('part', part);
    } else {
      url.searchParams.delete('q');
      url.searchParams.delete('state');
    }
    // a server that hangs, or a network that is gone, answers nothing at all: that must be seen
    var abort = new AbortController();
    var patience = setTimeout(function () {
      abort.abort();
    }, PATIENCE);
    return fetch(url, {
      headers: {Accept: 'text/html'}, credentials: 'same-origin', cache: 'no-store', redirect: 'manual', signal: abort.signal
    })
      .then(function (response) {
        if (!response.ok) {
          throw answered(response);
        }
        return response.text();
      })
      .then(function (text) {
        clearTimeout(patience);
        return new DOMParser().parseFromString(text, 'text/html');
      }, function (error) {
        clearTimeout(patience);
        throw error;
      });
  }

  // The endpoint never leads elsewhere: whoever is, is to log in.
  function isRefused(response) {
    return response.type === 'opaqueredirect' || response.status === 401 || response.status === 403;
  }

  function answered(response) {
    var error = new Error('it answered ' + response.status);
    error.answered = true;
    error.refused = isRefused(response);
    return error;
  }

  function whole() {
    lastWhole = Date.now();
    return get('').then(function (page) {
      var fresh = page.querySelector('main');
      if (!fresh) {
        throw new Error('it answered something else');
      }
      doc.title = page.title;
      doc.documentElement.setAttribute('data-state', page.documentElement.getAttribute('data-state'));
      stale = false;
      localTimes(fresh);
      takeOver(main, fresh);
      settle();
    });
  }

  function lives(root) {
    var all = {};
    each(root, '.live', function (live) {
      all[live.getAttribute('data-key')] = live;
    });
    return all;
  }

  function now() {
    return get('now').then(function (page) {
      var parts = page.querySelector('.parts');
      if (!parts) {
        throw new Error('it answered something else');
      }
      var fresh = lives(parts), old = lives(main), ended = false;
      Object.keys(fresh).concat(Object.keys(old)).forEach(function (name) {
        var a = old[name], b = fresh[name];
        if (!a || !b || a.getAttribute('data-state') !== b.getAttribute('data-state')) {
          ended = true;
        } else if (a.getAttribute('data-step') !== b.getAttribute('data-step') ||
            a.getAttribute('data-stamp') !== b.getAttribute('data-stamp')) {
          stale = true;
        }
      });
      // lists are long: not with every step of many, but not to be forgotten either
      if (ended || (stale && Date.now() - lastWhole > 5000)) {
        return whole();
      }
      localTimes(parts);
      Object.keys(fresh).forEach(function (name) {
        takeOver(old[name], fresh[name]);
      });
      doc.title = parts.getAttribute('data-title');
      return null;
    });
  }

  function isRunning() {
    return !!main.querySelector('.live[data-state=running]');
  }

  function tick() {
    if (doc.hidden && !isRunning()) {
      return again(IDLE);
    }
    var asked = Date.now();
    now().then(function () {
      waiting = 0;
      offline('');
      again(isRunning() ? RUNNING : IDLE);
    }, function (error) {
      waiting = waiting || asked;
      var d = new Date(waiting);
      var since = ' since ' + two(d.getHours()) + ':' + two(d.getMinutes()) + ':' + two(d.getSeconds());
      if (error.refused) {
        offline('This is not up to date' + since + ': you have to log in again. Load the page anew.');
      } else if (Date.now() - waiting > 3000) {
        offline((error.answered ? 'No good answer' : 'No answer') + since + '; asking again');
      }
      // each refused request may open a browser's window for a password
      again(error.refused ? REFUSED : LOST);
    });
  }

  function again(ms) {
    clearTimeout(timer);
    timer = setTimeout(tick, ms);
  }

  function offline(text) {
    var line = main.querySelector('.offline');
    if (line && line.textContent !== text) {
      line.textContent = text;
    }
  }

  // --- operations

  function ask(button) {
    var dialog = main.querySelector('dialog.ask');
    dialog.querySelector('p').textContent = button.getAttribute('data-question');
    dialog.returnValue = '';
    dialog.onclose = function () {
      button.focus();
      if (dialog.returnValue === 'yes') {
        start(button);
      }
    };
    dialog.showModal();
  }

  function start(button) {
    var answer = button.parentNode.querySelector('.answer');
    var section = button.closest('[data-migrator]');
    var body = {operation: button.getAttribute('data-operation')};
    if (main.querySelectorAll('.migrator').length > 1) {
      body.migrator = section.getAttribute('data-migrator');
      if (section.hasAttribute('data-context')) {
        body.context = section.getAttribute('data-context');
      }
    }
    var headers = {'Content-Type': 'application/json', Accept: 'application/json'};
    var token = /(?:^|; )XSRF-TOKEN=([^;]+)/.exec(doc.cookie);
    if (token) {
      try {
        headers['X-XSRF-TOKEN'] = decodeURIComponent(token[1]);
      } catch (e) {
        // somebody else's cookie
      }
    }
    answer.className = 'answer';
    answer.textContent = button.textContent + ' …';
    fetch(new URL(main.getAttribute('data-overview'), location.href), {
      method: 'POST', headers: headers, credentials: 'same-origin', redirect: 'manual', body: JSON.stringify(body)
    }).then(function (response) {
      return response.text().then(function (text) {
        var json = object(text);
        answer.className = response.ok && json.operation ? 'answer' : 'answer wrong';
        answer.textContent = words(response, json);
        again(response.ok ? 200 : IDLE);
      });
    }, function () {
      answer.className = 'answer wrong';
      answer.textContent = 'There was no answer; whether it was done cannot be told from here.';
    });
  }

  function object(text) {
    try {
      return JSON.parse(text) || {};
    } catch (e) {
      return {};
    }
  }

  function words(response, json) {
    var said = json.message || json.detail || json.error || '';
    (Array.isArray(json.problems) ? json.problems : []).forEach(function (problem) {
      said += '\n' + problem.message + ' ' + problem.action;
    });
    if (isRefused(response) && !said) {
      return 'Nothing was done: you may not, or have to log in again. Load the page anew.';
    }
    if (response.ok) {
      // what is none of the endpoint's answers comes from somebody in between
      return json.operation ? said : 'There was an answer of somebody else; whether it was done cannot be told from here.';
    }
    return 'It was refused (' + response.status + '). ' + said;
  }

  // --- beginning

  // What a fresh part has is as the server wrote it.
  function settle() {
    localTimes(main);
    each(main, 'button[data-operation]', function (button) {
      button.hidden = false;
    });
    each(main, 'form.filter', function (form) {
      form.hidden = false;
      if (form.filterPart) {
        form.filterPart.bodies = null;
        filter(form.filterPart);
      } else {
        startFilter(form);
      }
    });
  }

  doc.addEventListener('DOMContentLoaded', function () {
    main = doc.querySelector('main');
    settle();
    main.addEventListener('click', function (event) {
      var button = event.target.closest('button[data-operation]');
      if (button) {
        ask(button);
      }
    });
    if (main.hasAttribute('data-live')) {
      again(isRunning() ? RUNNING : IDLE);
      doc.addEventListener('visibilitychange', function () {
        if (!doc.hidden) {
          again(0);
        }
      });
    }
  });
})();
