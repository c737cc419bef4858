// Rules for the scripts of the pages; the limits are those of the Python code.
import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: globals.browser },
    rules: {
      "max-len": [
        "error",
        { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true },
      ],
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 40],
      "max-params": ["error", 6],
      "no-implicit-globals": "error",
      "no-nested-ternary": "error",
      "no-sequences": "error",
      "no-shadow": "error",
      "no-unused-expressions": "error",
      "no-var": "error",
      eqeqeq: "error",
      "no-constant-condition": "error",
      "prefer-const": "error",
    },
  },
  { files: ["kg/map/script/canvas/*.js"], languageOptions: { globals: { vis: "readonly" } } },
  { files: ["tests/script/*.js"], languageOptions: { globals: globals.node } },
];
