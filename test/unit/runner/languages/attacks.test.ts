import assert from 'node:assert/strict';
import { needsSandbox, needsToolchain, resultOf } from '../harness.ts';

// Attacks on a compiler: none may reach the host, and none may run for ever.

const hello = { kind: 'stdin', input: '', output: 'hello\n' } as const;

describe('attacks on a compiler', function () {
  before(needsSandbox());

  describe('of C and C++', () => {
    before(needsToolchain('cpp'));

    it('a file that includes itself is an error', async () => {
      const result = await resultOf('cpp', '#include "main.cpp"\n', hello);
      assert.equal(result.verdict, 'error');
      assert.match(result.reason ?? '', /does not compile[\s\S]*nested/);
    });

    it('infinite templates are an error', async () => {
      const source =
        'template <int N> struct Deep { static const long value = Deep<N + 1>::value + Deep<N + 2>::value; };\nint main() { return Deep<0>::value; }\n';
      const result = await resultOf('cpp', source, hello);
      assert.equal(result.verdict, 'error');
    });

    it('a program of a gigabyte does not fit', async () => {
      const result = await resultOf(
        'c',
        'char all[1UL << 30] = {1};\nint main(void) { return all[5]; }\n',
        hello,
      );
      assert.ok(['error', 'memory', 'output'].includes(result.verdict), `${result.verdict} ${result.reason}`);
    });

    it('files of the host cannot be included', async () => {
      const result = await resultOf(
        'c',
        '#include "/root/.profile"\n#include "/etc/shadow"\nint main(void) {}\n',
        hello,
      );
      assert.match(result.reason ?? '', /No such file/);
    });
  });

  describe('of Java', () => {
    before(needsToolchain('java'));

    it('an annotation processor of the answer is not run', async () => {
      const files = [
        { path: 'META-INF/services/javax.annotation.processing.Processor', text: 'Evil\n' },
        {
          path: 'Evil.java',
          text: 'import java.util.*; import javax.annotation.processing.*; import javax.lang.model.element.*;\npublic class Evil extends AbstractProcessor { public boolean process(Set<? extends TypeElement> a, RoundEnvironment r) { throw new Error("ran"); } }\n',
        },
        {
          path: 'Main.java',
          text: 'public class Main { public static void main(String[] a) { System.out.println("hello"); } }\n',
        },
      ];
      const result = await resultOf('java', files, hello);
      assert.equal(result.verdict, 'pass', result.reason);
    });
  });

  describe('of Go', () => {
    before(needsToolchain('go'));

    it('a module from the network is an error that says why', async () => {
      const source =
        'package main\n\nimport "github.com/google/uuid"\n\nfunc main() { println(uuid.New().String()) }\n';
      const result = await resultOf('go', source, hello);
      assert.equal(result.verdict, 'error');
      assert.match(result.reason ?? '', /github\.com\/google\/uuid/);
    });

    it('a tool named by the answer’s module is not run', async () => {
      const files = [
        { path: 'go.mod', text: 'module answer\n\ngo 1.18\n\ntoolchain go1.99.0\n' },
        {
          path: 'main.go',
          text: 'package main\n\n//go:generate sh -c "touch ran"\n\nfunc main() { println("hello") }\n',
        },
      ];
      const result = await resultOf('go', files, { kind: 'command', argv: ['ls'], expect: { exit: 0 } });
      assert.ok(!result.stdout.includes('ran'), result.stdout);
    });
  });
});
