// Lists the pages that have the words of a query, in place of all pages; where the index can't be loaded, those stay.
// The index is described in src/export/search/mod.rs.

const byId = (id) => document.getElementById(id);
const form = byId("find");
const { root, index } = form.dataset;
const input = form.elements.q;
const said = byId("find-status");
const results = byId("results");
const list = results.querySelector("ol");
const more = results.querySelector("button");
const advice = results.querySelector(".advice");
const pages = byId("pages");
const template = byId("result").content.firstElementChild;
const kept = (id, key) => byId(id).content.querySelector(`[data-key="${key}"]`);

const AT_ONCE = 10;
// Of a word in a title, in a summary, in a text.
const WEIGHTS = [9, 3, 1];
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Words are read as src/export/search/words.rs reads them; tests/web/lib/words.json holds both to it.
const LETTERS = "\\p{Alphabetic}\\p{N}\\p{M}\\u00AD";
const unaccented = (text) =>
	text
		.toLowerCase()
		.normalize("NFKD")
		.replace(/[\p{M}\u00AD]/gu, "")
		.replace(/[ßæœøđłı]/g, (c) => ({ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i" })[c]);

const { lang } = document.documentElement;
// Where a language has them, `ae`, `oe` and `ue` are `ä`, `ö` and `ü`.
const oneSpelling = (word) => ("umlauts" in form.dataset ? word.replace(/(^|[^aeq])([aou])e/g, "$1$2") : word);

const fold = (text) => oneSpelling(unaccented(text));

// A single letter is no word.
const isWord = ({ word }) => word.length > 1 || /\d/.test(word);

// A word with those to look for where it isn't found.
const asked = (text, parts = []) => ({ word: fold(text), parts: parts.filter(isWord) });

// Of a day that isn't found as it was typed: its other spelling in figures, else its words.
const dayOf = (parts) => {
	const [day, month, year] = parts[0].length === 4 ? parts.toReversed() : parts;
	if (parts.length !== 3 || !/^\d\d?-\d\d?-\d{4}$/.test([day, month, year].join("-")) || month < 1 || month > 12) return;
	const name = new Date(2000, month - 1).toLocaleDateString(lang, { month: "long" });
	const words = [`${+day}`, name, year].map((word) => asked(word));
	const spellings = [day.padStart(2, "0") + month.padStart(2, "0") + year, `${+day}${+month}${year}`];
	return asked(spellings.find((other) => other !== parts.join("")) ?? parts.join(""), words);
};

// What joints hold together is looked for whole, else by what is in it: numbers that stand together (`n.45/2020`), parts.
const joined = (parts) => {
	const stretches = [];
	const isNumber = (part) => /^\d+$/.test(part);
	for (const part of parts) {
		if (isNumber(part) && isNumber(stretches.at(-1)?.[0] ?? "")) stretches.at(-1).push(part);
		else stretches.push([part]);
	}
	const day = dayOf(parts);
	if (day) return asked(parts.join(""), [day]);
	if (stretches.length === 1) return asked(parts.join(""), parts.map((part) => asked(part)));
	return asked(parts.join(""), stretches.map((stretch) => (stretch.length > 1 ? joined(stretch) : asked(stretch[0]))));
};

const wordsOf = (query) =>
	query
		.split(new RegExp(`[^${LETTERS}._/-]+`, "u"))
		.flatMap((piece) => {
			const parts = piece.split(/[._/-]+/).filter(Boolean);
			return parts.length > 1 && /\d/.test(piece) ? [joined(parts)] : parts.map((part) => asked(part)).filter(isWord);
		});

const files = new Map();
let manifest;
const load = (name) => {
	if (!files.has(name)) {
		// With the version, no part of an older index comes from a cache.
		const asked = fetch(`${root}${index}${name}.json?v=${manifest?.version ?? ""}`, { cache: manifest ? "default" : "no-cache" }).then((answer) => {
			if (!answer.ok) throw new Error(answer.status);
			return answer.json();
		});
		asked.catch(() => files.delete(name));
		files.set(name, asked);
	}
	return files.get(name);
};

// The forms in a part, each with its word's key and lists.
const forms = async (part) => {
	const flat = await load(`words-${part}`);
	if (!flat.forms) {
		flat.forms = [];
		for (let i = 0; i < flat.length; i += 4) {
			const [begins, ...ends] = flat[i].split(" ");
			for (const end of ends.length ? ends : [""]) flat.forms.push([begins + end, flat[i], flat.slice(i + 1, i + 4)]);
		}
	}
	return flat.forms;
};

// The numbers of a list, as written() in src/export/search/index.rs wrote them.
const decoded = (text) => {
	const found = [];
	if (text[0] === "!") {
		for (let i = 1; i < text.length; i++) {
			for (let bits = DIGITS.indexOf(text[i]), id = (i - 1) * 6; bits; bits >>= 1, id++) if (bits & 1) found.push(id);
		}
		return found;
	}
	for (let i = 0, id = 0; i < text.length; found.push(id)) {
		for (let power = 1, value = 32; value > 31; power *= 32) id += ((value = DIGITS.indexOf(text[i++])) & 31) * power;
	}
	return found;
};

const common = (a, b) => {
	let n = 0;
	while (n < a.length && a[n] === b[n]) n++;
	return n;
};

// Whether two words differ in their ends alone, as forms of one do.
const akin = (a, b) => {
	const same = common(a, b);
	return same > 2 && Math.max(a.length, b.length) - same <= (a.length < 6 ? 1 : 3) && !/\d/.test(a + b);
};

const distance = (a, b) => {
	let row = [...Array(b.length + 1).keys()];
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
		}
		row = next;
	}
	return row[b.length];
};

const worth = (found) => {
	const worth = new Map();
	// The forms of a word have its lists in common.
	for (const texts of new Map(found.map(([, key, texts]) => [key, texts])).values()) {
		const lists = texts.map(decoded);
		const rare = Math.log(1 + manifest.count / lists.reduce((sum, ids) => sum + ids.length, 0));
		lists.forEach((ids, field) => {
			const weight = WEIGHTS[field] * rare;
			for (const id of ids) if (!(worth.get(id) >= weight)) worth.set(id, weight);
		});
	}
	return worth;
};

// What documents are worth that have a word, else one that begins with it while it is typed, else one with another end.
const lookUp = async (word, typing) => {
	let part = Math.max(0, manifest.words.findLastIndex((first) => first <= word));
	const here = await forms(part);
	let found = here.filter(([form]) => form === word);
	if (found.length) return { word, worth: worth(found), near: [] };
	if (typing && word.length > 2) {
		const begins = ([form]) => form.startsWith(word);
		found = here.filter(begins);
		// What begins with so little that it fills more parts than three is better typed on.
		for (let n = 0; n < 2 && manifest.words[++part]?.startsWith(word); n++) {
			found.push(...(await forms(part)).filter(begins));
		}
		if (found.length) return { word, worth: worth(found), near: [] };
	}
	found = here.filter(([form]) => akin(word, form));
	const most = Math.max(...found.map(([form]) => common(word, form)));
	found = found.filter(([form]) => common(word, form) === most);
	const far = new Map(here.map(([form]) => [form, distance(word, form)]));
	const near = [...far.keys()].filter((form) => far.get(form) <= (word.length < 5 ? 1 : 2));
	near.sort((a, b) => far.get(a) - far.get(b));
	return { word, worth: worth(found), near: near.slice(0, 3) };
};

const lookUpAll = async ({ word, parts }, typing) => {
	const whole = await lookUp(word, typing);
	if (whole.worth.size || !parts.length) return [whole];
	return (await Promise.all(parts.map((part, i) => lookUpAll(part, typing && i === parts.length - 1)))).flat();
};

const search = async (words, typing) => {
	const found = (await Promise.all(words.map((word, i) => lookUpAll(word, typing && i === words.length - 1)))).flat();
	const scores = new Map();
	for (const { worth } of found) {
		for (const [id, weight] of worth) {
			const [words, sum] = scores.get(id) ?? [0, 0];
			scores.set(id, [words + 1, sum + weight]);
		}
	}
	const hits = [...scores].sort(([a, [m, x]], [b, [n, y]]) => n - m || y - x || a - b);
	const every = hits.filter(([, [words]]) => words === found.length);
	return { hits: (every.length ? every : hits).map(([id]) => id), every: every.length > 0, found };
};

const make = (element, values) => Object.assign(document.createElement(element), values);

// Adds a text, the words that were looked for marked in it.
const marked = (element, text, found) => {
	for (const piece of text.split(new RegExp(`([${LETTERS}]+)`, "u"))) {
		const word = fold(piece);
		const hit = piece && found.some((asked) => word.startsWith(asked.word) || asked.word === word || akin(asked.word, word));
		element.append(hit ? make("mark", { textContent: piece }) : piece);
	}
};

const show = async ({ hits, found }, from, wanted) => {
	const shown = hits.slice(from, from + AT_ONCE);
	const { chunk } = manifest;
	const chunks = await Promise.all(shown.map((id) => load(`docs-${(id / chunk) | 0}`)));
	if (!wanted()) return;
	const items = shown.map((id, i) => {
		const [name, address, kind, state, details, context] = chunks[i][id % chunk];
		const item = template.cloneNode(true);
		const [title, code, line] = item.children;
		title.href = root + address;
		marked(title, name, found);
		code.textContent = [kept("kinds", kind).textContent, details].filter(Boolean).join(" · ");
		if (state) code.after(kept("states", state).firstElementChild.cloneNode(true));
		if (context) marked(line, context, found);
		else line.remove();
		return item;
	});
	if (from === 0) list.replaceChildren();
	list.append(...items);
	more.hidden = from + AT_ONCE >= hits.length;
	more.onclick = async () => {
		await show({ hits, found }, from + AT_ONCE, wanted);
		list.children[from + AT_ONCE]?.querySelector("a").focus();
	};
};

const link = (query) => `?q=${encodeURIComponent(query)}`;
const suggest = (query, found) => {
	const line = advice.firstElementChild;
	line.replaceChildren(form.dataset.near);
	line.hidden = true;
	for (const { word, near } of found) {
		for (const other of near) {
			const textContent = query.trim().split(/\s+/).map((typed) => (fold(typed).includes(word) ? other : typed)).join(" ");
			line.append(" ", make("a", { href: link(textContent), textContent }));
			line.hidden = false;
		}
	}
};

let asking = 0;
const ask = async () => {
	const mine = ++asking;
	const wanted = () => mine === asking;
	const query = input.value;
	const words = query.trim();
	const stand = (words, searched) => {
		said.textContent = words;
		results.hidden = !searched;
		pages.hidden = searched;
	};
	try {
		history.replaceState(null, "", words ? link(words) : location.pathname);
		const toFind = wordsOf(query);
		if (!toFind.length) return stand("", false);
		manifest ??= await load("index");
		const answer = await search(toFind, !/\s$/.test(query));
		const { length } = answer.hits;
		await show(answer, 0, wanted);
		if (!wanted()) return;
		suggest(query, answer.found);
		advice.lastElementChild.hidden = length > 0;
		const { one, other, none, some } = form.dataset;
		const count = length === 1 ? one : other.replace("{n}", length.toLocaleString(lang));
		stand(!length ? none.replace("{parole}", () => words) : answer.every ? `${count}.` : `${some} ${count}.`, true);
	} catch {
		if (wanted()) stand(form.dataset.failed, false);
	}
};

let waiting;
const askIn = (ms) => {
	clearTimeout(waiting);
	waiting = setTimeout(ask, ms);
};
form.hidden = false;
byId("hint")?.remove();
input.addEventListener("input", () => askIn(200));
form.addEventListener("submit", (event) => {
	event.preventDefault();
	askIn(0);
});
input.value = new URLSearchParams(location.search).get("q") ?? "";
if (input.value) ask();
