"use strict";

const { workspace } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

exports.activate = async function activate() {
  const settings = workspace.getConfiguration("vetro");
  const [folder] = workspace.workspaceFolders ?? [];
  const server = {
    command: settings.get("command"),
    args: ["lsp", ...settings.get("arguments")],
    transport: TransportKind.stdio,
    // The language of the site is that of the messages: it is looked for from here.
    options: { cwd: folder?.uri.fsPath },
  };
  const patterns = ["site.toml", "content/**/*.{md,yaml,yml}", "themes/**"];
  const documentSelector = patterns.map((pattern) => ({ scheme: "file", pattern: `**/${pattern}` }));
  client = new LanguageClient("vetro", "Vetro", server, { documentSelector });
  await client.start();
};

exports.deactivate = () => client?.stop();
