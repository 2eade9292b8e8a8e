// Filters the tables of the index, and makes each of them one stop of the Tab key in which the arrow keys move.
(function () {
  "use strict";

  function all(root, selector) {
    return Array.prototype.slice.call(root.querySelectorAll(selector));
  }

  function lower(element) {
    return (element.textContent || "").toLowerCase();
  }

  function tone(cell) {
    return cell.classList.item(0) || "";
  }

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.getElementById("filters");
    if (!form) {
      return;
    }
    var search = document.getElementById("search");
    var status = document.getElementById("filter-status");
    var protocol = document.getElementById("filter-protocol");
    var kind = document.getElementById("filter-kind");
    var what = document.getElementById("filter-what");

    var targets = all(document, "#summary tbody tr").map(function (row) {
      return {
        row: row,
        name: row.dataset.target,
        text: lower(row.cells[0]),
        protocol: row.dataset.protocol,
        kind: row.dataset.kind,
        tones: all(row, "td[data-tone]").map(function (cell) {
          return cell.dataset.tone;
        })
      };
    });

    var parts = all(document, "section.part").map(function (section) {
      var table = section.querySelector("table.matrix");
      var groups = Array.prototype.map.call(table.tBodies, function (body) {
        return {
          body: body,
          rows: all(body, "tr[data-row]").map(function (row) {
            return {
              row: row,
              text: lower(row.cells[0]),
              tones: Array.prototype.map.call(row.cells, tone)
            };
          })
        };
      });
      var columns = Array.prototype.slice.call(table.tHead.rows[0].cells, 1).map(function (cell) {
        return cell.dataset.target;
      });
      return { section: section, table: table, what: section.dataset.what, groups: groups, columns: columns };
    });

    // Columns are hidden by a rule of a style sheet: one for each instead of a change to every cell of it.
    var sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [sheet];

    function words() {
      return search.value.toLowerCase().split(/\s+/).filter(Boolean);
    }

    function apply() {
      // A word that is in the name of a target chooses targets; any other chooses promises.
      var ofTargets = [];
      var ofRows = [];
      words().forEach(function (word) {
        var named = targets.some(function (target) {
          return target.text.indexOf(word) >= 0;
        });
        (named ? ofTargets : ofRows).push(word);
      });
      var has = function (text) {
        return function (word) {
          return text.indexOf(word) >= 0;
        };
      };

      var chosen = new Set();
      var shownTargets = 0;
      targets.forEach(function (target) {
        var visible =
          (!protocol.value || target.protocol === protocol.value) &&
          (!kind.value || target.kind === kind.value) &&
          ofTargets.every(has(target.text));
        if (visible) {
          chosen.add(target.name);
        }
        visible = visible && (!status.value || target.tones.indexOf(status.value) >= 0);
        target.row.classList.toggle("hidden", !visible);
        shownTargets += visible ? 1 : 0;
      });

      var rules = [];
      var shownRows = 0;
      var allRows = 0;
      parts.forEach(function (part) {
        var visibleColumns = [];
        part.columns.forEach(function (name, i) {
          if (chosen.has(name)) {
            visibleColumns.push(i + 1);
          } else {
            rules.push("#" + CSS.escape(part.table.id) + " tr:not(.group) > :nth-child(" + (i + 2) + ")");
          }
        });
        var wanted = visibleColumns.length > 0 && (!what.value || what.value === part.what);
        var shownHere = 0;
        part.groups.forEach(function (group) {
          var shownInGroup = 0;
          group.rows.forEach(function (entry) {
            allRows++;
            var visible =
              wanted &&
              ofRows.every(has(entry.text)) &&
              (!status.value ||
                visibleColumns.some(function (i) {
                  return entry.tones[i] === status.value;
                }));
            entry.row.classList.toggle("hidden", !visible);
            shownInGroup += visible ? 1 : 0;
          });
          group.body.classList.toggle("hidden", shownInGroup === 0);
          shownHere += shownInGroup;
        });
        part.section.classList.toggle("hidden", shownHere === 0);
        shownRows += shownHere;
        settle(part.table);
      });
      sheet.replaceSync(rules.length ? rules.join(",") + "{display:none}" : "");

      document.getElementById("nothing").classList.toggle("hidden", shownRows > 0 || shownTargets > 0);
      document.getElementById("filter-count").textContent =
        shownTargets + " of " + targets.length + " targets, " + shownRows + " of " + allRows + " races and rules";
    }

    // One link of each table is in the order of the Tab key.
    function links(table) {
      return all(table, "th a, td a");
    }

    function shown(cell) {
      return cell.getClientRects().length > 0;
    }

    function settle(table) {
      var current = table.querySelector('a[tabindex="0"]');
      if (current && shown(current)) {
        return;
      }
      if (current) {
        current.tabIndex = -1;
      }
      var first = table.querySelector("tbody tr:not(.hidden):not(.group) td a");
      var next = first && shown(first) ? first : links(table).filter(shown)[0];
      if (next) {
        next.tabIndex = 0;
      }
    }

    function go(table, from, to) {
      if (to) {
        from.tabIndex = -1;
        to.tabIndex = 0;
        to.focus();
        to.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
    }

    // The link of the next cell that is there and shown, in a row.
    function inRow(row, start, step, end) {
      for (var i = start; i !== end; i += step) {
        var link = row.cells[i] && row.cells[i].querySelector("a");
        if (link && shown(link)) {
          return link;
        }
      }
      return null;
    }

    function move(event) {
      var link = event.target.closest("a");
      if (!link || event.altKey || event.metaKey || event.shiftKey) {
        return;
      }
      var table = event.currentTarget;
      var cell = link.closest("th, td");
      var row = cell.parentNode;
      var index = cell.cellIndex;
      var to = null;
      var step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step) {
        var rows = table.rows;
        for (var r = row.rowIndex + step; r >= 0 && r < rows.length && !to; r += step) {
          to = inRow(rows[r], index, 1, index + 1);
        }
      } else if (event.key === "ArrowLeft") {
        to = inRow(row, index - 1, -1, -1);
      } else if (event.key === "ArrowRight") {
        to = inRow(row, index + 1, 1, row.cells.length);
      } else if (event.key === "Home") {
        to = event.ctrlKey ? links(table).filter(shown)[0] : inRow(row, 0, 1, row.cells.length);
      } else if (event.key === "End") {
        to = event.ctrlKey ? links(table).filter(shown).pop() : inRow(row, row.cells.length - 1, -1, -1);
      } else {
        return;
      }
      event.preventDefault();
      go(table, link, to);
    }

    parts.forEach(function (part) {
      part.table.setAttribute("role", "grid");
      links(part.table).forEach(function (link) {
        link.tabIndex = -1;
      });
      part.table.addEventListener("keydown", move);
    });

    document.addEventListener("keydown", function (event) {
      var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        search.focus();
        search.select();
      } else if (event.key === "Escape" && event.target === search && search.value) {
        event.preventDefault();
        search.value = "";
        apply();
      }
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
    });
    form.addEventListener("input", apply);
    form.addEventListener("reset", function () {
      // The fields are emptied after this event.
      setTimeout(apply, 0);
    });
    form.hidden = false;
    apply();
  });
})();
