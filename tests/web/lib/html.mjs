import { HtmlValidate } from "html-validate";
import config from "../.htmlvalidate.mjs";
import { verdict } from "./site.mjs";

/** Every page is valid HTML by html-validate's recommended rules, but for the exceptions in .htmlvalidate.mjs. */
export async function checkHtml(site) {
  const validator = new HtmlValidate(config);
  const verdicts = [];
  for (const page of [...site.pages, ...site.moved]) {
    const { results } = await validator.validateString(page.text, page.path);
    const faults = results.flatMap(({ messages }) =>
      messages.map(({ ruleId, line, column, selector, message }) => ({
        rule: ruleId,
        element: `${line}:${column} ${selector ?? ""}`.trim(),
        message,
      })),
    );
    verdicts.push(verdict("html", page.path, faults));
  }
  return verdicts;
}
