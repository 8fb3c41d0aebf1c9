import assert from 'node:assert/strict';
import { needsSandbox, needsToolchain, resultOf } from './harness.ts';

/** Recursion as deep as judges allow, and almost as many threads as the limit on processes allows. */
const programs: readonly (readonly [what: string, language: string, text: string])[] = [
  [
    'a search along a chain of 200,000 nodes',
    'cpp',
    `#include <iostream>
#include <vector>
#include <algorithm>
using namespace std;
vector<vector<int>> g;
int dfs(int v, int p) { int best = 0; for (int u : g[v]) if (u != p) best = max(best, 1 + dfs(u, v)); return best; }
int main() { int n = 200000; g.resize(n + 1); for (int i = 0; i < n; i++) { g[i].push_back(i + 1); g[i + 1].push_back(i); } if (dfs(0, -1) == n) cout << "done"; }`,
  ],
  [
    'an array of 12 MB on the stack',
    'c',
    `#include <stdio.h>
int main(void) { int a[3000000]; for (int i = 0; i < 3000000; i++) a[i] = i; volatile int n = a[2999999]; if (n == 2999999) puts("done"); }`,
  ],
  [
    'a stack that the program asks for',
    'cpp',
    `#include <sys/resource.h>
#include <cstdio>
int f(int n) { return n == 0 ? 0 : 1 + f(n - 1); }
int main() { rlimit r; getrlimit(RLIMIT_STACK, &r); r.rlim_cur = 256 << 20; if (setrlimit(RLIMIT_STACK, &r) == 0 && f(200000) == 200000) puts("done"); }`,
  ],
  [
    'recursion 200,000 deep',
    'rust',
    'fn f(n: u32) -> u32 { if n == 0 { 0 } else { 1 + f(std::hint::black_box(n - 1)) } }\nfn main() { if f(200_000) == 200_000 { println!("done"); } }',
  ],
  [
    'recursion 200,000 deep',
    'go',
    'package main\nimport "fmt"\nfunc f(n int) int { if n == 0 { return 0 }; return 1 + f(n-1) }\nfunc main() { if f(200000) == 200000 { fmt.Println("done") } }',
  ],
  [
    'generators 20,000 deep',
    'python',
    `import sys
sys.setrecursionlimit(100000)
def walk(n):
    yield n
    if n: yield from walk(n - 1)
if sum(1 for _ in walk(5000)) == 5001: pass
def deep(n):
    if n: return max(deep(n - 1) for _ in range(1))
    return 7
print("done" if deep(20000) == 7 else "")`,
  ],
  [
    'recursion 20,000 deep',
    'javascript',
    'const f = (n) => (n === 0 ? 0 : 1 + f(n - 1)); if (f(20000) === 20000) console.log("done");',
  ],
  [
    'endless recursion that is caught',
    'javascript',
    'const f = (n) => 1 + f(n + 1); try { f(0); } catch (error) { if (error instanceof RangeError) console.log("done"); }',
  ],
  [
    'recursion 20,000 deep',
    'java',
    'public class Main { static int f(int n) { return n == 0 ? 0 : 1 + f(n - 1); } public static void main(String[] a) { if (f(20000) == 20000) System.out.println("done"); } }',
  ],
  [
    'endless recursion that is caught',
    'java',
    'public class Main { static int f(int n) { return 1 + f(n + 1); } public static void main(String[] a) { try { f(0); } catch (StackOverflowError e) { System.out.println("done"); } } }',
  ],
  ['recursion 20,000 deep', 'ruby', 'def f(n) = n == 0 ? 0 : 1 + f(n - 1)\nputs "done" if f(20000) == 20000'],
  [
    'blocks 20,000 deep',
    'ruby',
    'def f(n) = n == 0 ? 0 : [n].map { |x| 1 + f(x - 1) }.first\nputs "done" if f(20000) == 20000',
  ],
  [
    'endless recursion that is caught',
    'ruby',
    'def f(n) = 1 + f(n + 1)\nbegin\n  f(0)\nrescue SystemStackError\n  puts "done"\nend',
  ],
  [
    'recursion 20,000 deep',
    'perl',
    'no warnings; sub f { my $n = shift; return $n == 0 ? 0 : 1 + f($n - 1) } print "done" if f(20000) == 20000;',
  ],
  [
    'recursion 20,000 deep',
    'php',
    '<?php function f($n) { return $n == 0 ? 0 : 1 + f($n - 1); } if (f(20000) == 20000) echo "done";',
  ],
  [
    '60 threads',
    'cpp',
    `#include <atomic>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>
std::atomic<int> up{0};
int main() { std::vector<std::thread> all; for (int i = 0; i < 60; i++) all.emplace_back([] { up++; while (up < 60) std::this_thread::yield(); }); for (auto &t : all) t.join(); puts("done"); }`,
  ],
  [
    '60 threads',
    'rust',
    'fn main() { let gate = std::sync::Arc::new(std::sync::Barrier::new(60)); let all: Vec<_> = (0..60).map(|_| { let gate = gate.clone(); std::thread::spawn(move || { gate.wait(); }) }).collect(); for t in all { t.join().unwrap(); } println!("done"); }',
  ],
  [
    '60 threads',
    'python',
    `import threading
gate = threading.Barrier(60)
all = [threading.Thread(target=gate.wait) for _ in range(60)]
for t in all: t.start()
for t in all: t.join()
print("done")`,
  ],
  [
    '60 threads',
    'java',
    'import java.util.concurrent.*; public class Main { public static void main(String[] a) throws Exception { CyclicBarrier gate = new CyclicBarrier(60); Thread[] all = new Thread[60]; for (int i = 0; i < 60; i++) { all[i] = new Thread(() -> { try { gate.await(); } catch (Exception e) { throw new RuntimeException(e); } }); all[i].start(); } for (Thread t : all) t.join(); System.out.println("done"); } }',
  ],
  [
    '60 threads',
    'ruby',
    'up = Queue.new\nall = 60.times.map { Thread.new { up << 1; Thread.pass until up.size == 60 } }\nall.each(&:join)\nputs "done"',
  ],
  [
    '8 threads that recurse',
    'javascript',
    `const { Worker, isMainThread } = require('node:worker_threads');
const f = (n) => (n === 0 ? 0 : 1 + f(n - 1));
const endless = (n) => 1 + endless(n + 1);
if (isMainThread) {
  let ended = 0;
  for (let i = 0; i < 8; i++) new Worker(__filename).on('exit', (code) => { if (code === 0 && ++ended === 8) console.log('done'); });
} else {
  f(5000);
  try { endless(0); } catch (error) { if (!(error instanceof RangeError)) throw error; }
}`,
  ],
  [
    '1,000 goroutines that recurse',
    'go',
    'package main\nimport ("fmt"; "sync")\nfunc f(n int) int { if n == 0 { return 0 }; return 1 + f(n-1) }\nfunc main() { var all sync.WaitGroup; for i := 0; i < 1000; i++ { all.Add(1); go func() { defer all.Done(); f(2000) }() }; all.Wait(); fmt.Println("done") }',
  ],
];

describe('the stack', () => {
  before(needsSandbox());
  for (const [what, language, text] of programs)
    describe(language, () => {
      before(needsToolchain(language));
      it(`holds ${what}`, async () => {
        const result = await resultOf(language, text, { kind: 'stdin', input: '', output: 'done' });
        assert.deepEqual([result.verdict, result.reason], ['pass', undefined], result.stderr);
      });
    });

  const deep = 'const f = (n) => (n === 0 ? 0 : 1 + f(n - 1));';
  it('is as large in calls and tests', async () => {
    const call = { kind: 'call', function: 'f', args: [20_000], expected: 20_000 } as const;
    const inPython =
      'import sys\nsys.setrecursionlimit(100000)\ndef f(n): return 1 + max(f(n - 1) for _ in range(1)) if n else 0';
    const tests = [
      ['javascript', deep, call],
      ['javascript', deep, { kind: 'unit', source: 'if (f(20000) !== 20000) throw new Error();' }],
      ['python', inPython, call],
      ['python', inPython, { kind: 'unit', source: 'assert f(20000) == 20000' }],
    ] as const;
    for (const [language, text, facts] of tests)
      assert.equal((await resultOf(language, text, facts)).verdict, 'pass', `${language} ${facts.kind}`);
  });

  it('is smaller if the task says so, and JavaScript still throws at its end', async () => {
    const text = `${deep} try { f(1e6); console.log("deep"); } catch { console.log("thrown"); }`;
    const result = await resultOf(
      'javascript',
      text,
      { kind: 'stdin', input: '', output: 'thrown' },
      { limits: { stackBytes: 1 << 20 } },
    );
    assert.equal(result.verdict, 'pass', result.reason);
  });
});
