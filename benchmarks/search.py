"""Search on a corpus as large as all national statutes: build, memory, speed, and what is found.

The corpus is made up: words of two to four characters with the skewed frequencies of a language, laws
with words of their own, articles drawn from both; a question takes a few words of one article and adds
others. Each engine runs in a process of its own. Run: python -m benchmarks.search [articles] [questions]
"""

from __future__ import annotations

import itertools
import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import log

Document = tuple[str, str]
Search = Callable[[str], Sequence[str]]

ARTICLES, QUESTIONS, LIMIT = 60_000, 300, 10
WORDS, SIGNS, WORDS_OF_A_LAW = 24_000, 3_200, 160
ENGINES = ("xize", "naive BM25", "FTS5 bigrams", "rapidfuzz")
SLOW = {"naive BM25": 60, "FTS5 bigrams": 100, "rapidfuzz": 10}  # questions asked of the slow ones


def corpus(articles: int, questions: int) -> tuple[list[Document], list[tuple[str, str]]]:
    """Articles, and questions with the id of the article that each is about."""
    chance = random.Random(20_260_815)
    signs = [chr(0x4E00 + number) for number in chance.sample(range(20_000), SIGNS)]
    sign_weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(SIGNS)))
    words = [
        "".join(chance.choices(signs, cum_weights=sign_weights, k=chance.choice((2, 2, 2, 3, 4))))
        for _ in range(WORDS)
    ]
    word_weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(WORDS)))
    documents: list[Document] = []
    while len(documents) < articles:
        own = chance.choices(words, k=WORDS_OF_A_LAW)
        for _ in range(chance.randint(20, 200)):
            length = max(12, int(chance.lognormvariate(3.9, 0.6)))
            drawn = chance.choices(words, cum_weights=word_weights, k=length * 3 // 5)
            drawn += chance.choices(own, k=length - len(drawn))
            chance.shuffle(drawn)
            text = _joined(drawn)
            documents.append((f"a{len(documents)}", text))
    documents = documents[:articles]
    asked = []
    for identifier, text in chance.sample(documents, questions):
        parts = [part for part in text.replace("。", "，").split("，") if len(part) > 6]
        start = [chance.randrange(len(part) - 4) for part in parts]
        pieces = [part[at : at + 3] for part, at in zip(parts, start, strict=True)]
        taken = chance.sample(pieces, min(4, len(pieces)))
        taken += chance.choices(words[:200], k=4) + chance.choices(words, k=2)
        chance.shuffle(taken)
        asked.append(("".join(taken) + "？", identifier))
    return documents, asked


def _joined(words: list[str]) -> str:
    parts = ["".join(words[at : at + 7]) for at in range(0, len(words), 7)]
    return "，".join(parts) + "。"


def xize(documents: list[Document]) -> Search:
    """The product's own index."""
    from knowledge.search import SearchIndex

    index = SearchIndex(documents)
    return lambda query: [identifier for identifier, _ in index.search(query, LIMIT)]


def naive(documents: list[Document]) -> Search:
    """BM25 over characters and bigrams, every posting read: what can be found at best by this formula."""
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, (_, text) in enumerate(documents):
        for term, times in Counter(_terms(text)).items():
            postings[term].append((number, times))
    mean = statistics.fmean(len(text) for _, text in documents)
    norms = [1.2 * (0.25 + 0.75 * len(text) / mean) for _, text in documents]

    def search(query: str) -> list[str]:
        scores: dict[int, float] = defaultdict(float)
        for term in set(_terms(query)):
            holding = postings.get(term, [])
            weight = log(1 + (len(documents) - len(holding) + 0.5) / (len(holding) + 0.5))
            for number, times in holding:
                scores[number] += weight * times / (times + norms[number])
        best = sorted(scores, key=lambda number: (-scores[number], number))[:LIMIT]
        return [documents[number][0] for number in best]

    return search


def fts5(documents: list[Document]) -> Search:
    """SQLite's own index over bigrams."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE law USING fts5(id UNINDEXED, text, content='', detail=full)")
    rows = ((number, _bigrams(text)) for number, (_, text) in enumerate(documents))
    database.executemany("INSERT INTO law(rowid, text) VALUES (?, ?)", rows)

    def search(query: str) -> list[str]:
        asked = " OR ".join(f'"{pair}"' for pair in dict.fromkeys(_bigrams(query).split()))
        best = "SELECT rowid FROM law WHERE law MATCH ? ORDER BY rank LIMIT ?"
        found = database.execute(best, (asked, LIMIT))
        return [documents[number][0] for (number,) in found]

    return search


def rapidfuzz(documents: list[Document]) -> Search:
    """The best partial match over whole articles."""
    from rapidfuzz import fuzz, process

    texts = [text for _, text in documents]

    def search(query: str) -> list[str]:
        found = process.extract(query, texts, scorer=fuzz.token_set_ratio, limit=LIMIT)
        return [documents[number][0] for _, _, number in found]

    return search


def _terms(text: str) -> list[str]:
    runs = text.replace("。", "，").replace("？", "，").split("，")
    pairs = ("".join(pair) for run in runs for pair in itertools.pairwise(run))
    return [*(sign for run in runs for sign in run), *pairs]


def _bigrams(text: str) -> str:
    return " ".join(term for term in _terms(text) if len(term) == 2)


def measure(engine: str, articles: int, questions: int) -> dict[str, float]:
    """One engine's figures; run in a process of its own, because memory is the process's."""
    documents, asked = corpus(articles, questions)
    asked = asked[: SLOW.get(engine, questions)]
    before = _resident()
    start = time.perf_counter()
    build = {"xize": xize, "naive BM25": naive, "FTS5 bigrams": fts5, "rapidfuzz": rapidfuzz}[engine]
    search = build(documents)
    built = time.perf_counter() - start
    after = _resident()
    times, found, reciprocal = [], 0, 0.0
    for query, identifier in asked:
        start = time.perf_counter()
        results = search(query)
        times.append(1_000 * (time.perf_counter() - start))
        if identifier in results:
            found += 1
            reciprocal += 1 / (list(results).index(identifier) + 1)
    times.sort()
    return {
        "build_s": built,
        "memory_mb": after - before,
        "process_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "p50_ms": statistics.median(times),
        "p99_ms": times[int(len(times) * 0.99)],
        "recall": found / len(asked),
        "mrr": reciprocal / len(asked),
    }


def _resident() -> float:
    with open("/proc/self/statm") as statm:  # noqa: PTH123
        return int(statm.read().split()[1]) * resource.getpagesize() / 2**20


def main(articles: int, questions: int) -> None:
    """Measure every engine and print the table, with ratios to ours."""
    print(f"{articles:,} articles, {questions} questions (fewer for slow engines)")
    print("MB: beyond the texts; peak: of the whole process; x: p50 to ours")
    heads = ("build s", "MB", "peak", "p50 ms", "p99 ms", "R@10", "MRR", "x")
    print(f"{'engine':14}" + "".join(f"{head:>9}" for head in heads))
    ours = 0.0
    for engine in ENGINES:
        command = [sys.executable, "-m", "benchmarks.search", "--one", engine, str(articles), str(questions)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        row = json.loads(run.stdout)
        ours = ours or row["p50_ms"]
        keys = ("build_s", "memory_mb", "process_mb", "p50_ms", "p99_ms", "recall", "mrr")
        figures = [*(row[key] for key in keys), row["p50_ms"] / ours]
        print(f"{engine:14}" + "".join(f"{figure:9.2f}" for figure in figures))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))))
    else:
        given = [int(argument) for argument in sys.argv[1:]]
        main(*(given + [ARTICLES, QUESTIONS][len(given) :]))
