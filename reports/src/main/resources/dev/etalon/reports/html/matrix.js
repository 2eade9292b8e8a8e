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
      return {
        section: section,
        table: table,
        what: section.dataset.what,
        groups: groups,
        columns: columns,
        hidden: new Set()
      };
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
        part.hidden.clear();
        part.columns.forEach(function (name, i) {
          if (chosen.has(name)) {
            visibleColumns.push(i + 1);
          } else {
            part.hidden.add(i + 1);
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
        settle(part);
      });
      sheet.replaceSync(rules.length ? rules.join(",") + "{display:none}" : "");

      // A word that is in no name and in no row leaves all targets, and helps nobody.
      var found = shownRows > 0 || (shownTargets > 0 && ofRows.length === 0);
      document.getElementById("nothing").classList.toggle("hidden", found);
      document.getElementById("filter-count").textContent =
        shownTargets + " of " + targets.length + " targets, " + shownRows + " of " + allRows + " races and rules";
    }

    // Told from what was hidden, and not from the layout: asking for that would lay out every table at once.
    function shown(part, cell) {
      var row = cell.parentNode;
      return (
        !row.classList.contains("hidden") &&
        !row.parentNode.classList.contains("hidden") &&
        !part.hidden.has(cell.cellIndex)
      );
    }

    // The first link in a row from one cell on, towards either end, that is shown.
    function inRow(part, row, start, step, end) {
      for (var i = start; i !== end; i += step) {
        var cell = row.cells[i];
        var link = cell && shown(part, cell) ? cell.querySelector("a") : null;
        if (link) {
          return link;
        }
      }
      return null;
    }

    // The same for rows: in the given column, or in any where that is -1.
    function inTable(part, start, step, column) {
      var rows = part.table.rows;
      for (var r = start; r >= 0 && r < rows.length; r += step) {
        var length = rows[r].cells.length;
        var link =
          column >= 0
            ? inRow(part, rows[r], column, 1, column + 1)
            : inRow(part, rows[r], step > 0 ? 0 : length - 1, step, step > 0 ? length : -1);
        if (link) {
          return link;
        }
      }
      return null;
    }

    // One link of each table is in the order of the Tab key.
    function settle(part) {
      var current = part.table.querySelector('a[tabindex="0"]');
      if (current && shown(part, current.closest("th, td"))) {
        return;
      }
      if (current) {
        current.tabIndex = -1;
      }
      var next = inTable(part, 1, 1, -1) || inTable(part, 0, 1, -1);
      if (next) {
        next.tabIndex = 0;
      }
    }

    function move(part, event) {
      var link = event.target.closest("a");
      if (!link || event.altKey || event.metaKey || event.shiftKey) {
        return;
      }
      var cell = link.closest("th, td");
      var row = cell.parentNode;
      var index = cell.cellIndex;
      var last = part.table.rows.length - 1;
      var moves = {
        ArrowUp: function () {
          return inTable(part, row.rowIndex - 1, -1, index);
        },
        ArrowDown: function () {
          return inTable(part, row.rowIndex + 1, 1, index);
        },
        ArrowLeft: function () {
          return inRow(part, row, index - 1, -1, -1);
        },
        ArrowRight: function () {
          return inRow(part, row, index + 1, 1, row.cells.length);
        },
        Home: function () {
          return event.ctrlKey ? inTable(part, 0, 1, -1) : inRow(part, row, 0, 1, row.cells.length);
        },
        End: function () {
          return event.ctrlKey ? inTable(part, last, -1, -1) : inRow(part, row, row.cells.length - 1, -1, -1);
        }
      };
      if (!Object.prototype.hasOwnProperty.call(moves, event.key)) {
        return;
      }
      event.preventDefault();
      var to = moves[event.key]();
      if (to) {
        link.tabIndex = -1;
        to.tabIndex = 0;
        to.focus();
      }
    }

    parts.forEach(function (part) {
      part.table.setAttribute("role", "grid");
      all(part.table, "a").forEach(function (link) {
        link.tabIndex = -1;
      });
      part.table.addEventListener("keydown", function (event) {
        move(part, event);
      });
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
