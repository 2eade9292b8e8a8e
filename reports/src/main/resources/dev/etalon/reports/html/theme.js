// Runs before anything is painted, so that the page does not flash in the other theme.
(function () {
  "use strict";
  var KEY = "etalon-theme";
  var NAMES = { system: "as the system", light: "light", dark: "dark" };
  var NEXT = { system: "light", light: "dark", dark: "system" };

  function stored() {
    // A browser may forbid storage to files; the theme then lasts as long as the page.
    try {
      var value = localStorage.getItem(KEY);
      return Object.prototype.hasOwnProperty.call(NAMES, value) ? value : "system";
    } catch (e) {
      return "system";
    }
  }

  function apply(theme) {
    if (theme === "system") {
      document.documentElement.removeAttribute("data-theme");
    } else {
      document.documentElement.setAttribute("data-theme", theme);
    }
  }

  var theme = stored();
  apply(theme);

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.getElementById("theme");
    function label() {
      button.textContent = "Theme: " + NAMES[theme];
    }
    label();
    button.hidden = false;
    button.addEventListener("click", function () {
      theme = NEXT[theme];
      apply(theme);
      label();
      try {
        localStorage.setItem(KEY, theme);
      } catch (e) {
        // See above.
      }
    });
  });
})();
