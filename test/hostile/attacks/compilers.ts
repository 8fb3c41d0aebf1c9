import assert from 'node:assert/strict';
import type { SourceFile } from '../../../src/core/task/task.ts';
import { python, type Attack } from '../attack.ts';

const file = (path: string, text: string): SourceFile => ({ path, text });

/**
 * An answer gives instructions to its compiler; these attacks use as much of the machine as a compiler may.
 */
const notCompiled = {
  verdict: ['error', 'timeout', 'memory', 'output'],
  reason: /does not compile/,
} as const;

/**
 * A build that tries what a program would try. Only the files that it leaves show whether it was contained.
 */
const build = python`
attempt("the home folder", os.listdir, "/home/person")
attempt("the network", socket.create_connection, ("127.0.0.1", 80), 1)
attempt("another root", os.mkdir, "/left")
for pid in filter(str.isdigit, os.listdir("/proc")):
    try: print(open("/proc/%s/environ" % pid).read())
    except OSError: pass
if fork() == 0:
    os.setsid()
    time.sleep(10)
    open("/scratch/late", "w").close()
`;

/** Attacks during compilation, or through the compiler. */
export const compilerAttacks: readonly Attack[] = [
  {
    name: 'a file that includes itself',
    tries: 'The file includes itself twice, so that each level doubles the work.',
    language: 'c',
    answer: '#include __FILE__\n#include __FILE__\nint main(void) { return 0; }\n',
    ...notCompiled,
  },
  {
    name: 'a file without end',
    tries: 'The file includes a device that returns zeros for ever, and the terminal.',
    language: 'c',
    answer: '#include "/dev/zero"\n#include "/dev/tty"\nint main(void) { return 0; }\n',
    ...notCompiled,
  },
  {
    name: 'secrets in messages of a compiler',
    tries:
      'The file includes files of the user, for the compiler to quote in its messages or put into the program.',
    language: 'c',
    answer: ({ home }) =>
      `__asm__(".incbin \\"${home}/notes.txt\\"");\n#include "${home}/notes.txt"\n#include "/etc/shadow"\nint main(void) { return 0; }\n`,
    ...notCompiled,
  },
  {
    name: 'deep templates',
    tries: 'Each template makes two, a thousand levels deep.',
    language: 'cpp',
    answer:
      'template<int N, int M> struct Two { enum { value = Two<N - 1, 2 * M>::value + Two<N - 1, 2 * M + 1>::value }; };\ntemplate<int M> struct Two<0, M> { enum { value = 1 }; };\nint main() { return Two<24, 1>::value; }\n',
    ...notCompiled,
  },
  {
    name: 'a large program of few words',
    tries: 'An array declared in a few characters becomes a program of two gibibytes.',
    language: 'c',
    answer: 'char much[1u << 31] = {1};\nint main(void) { return much[0]; }\n',
    ...notCompiled,
  },
  {
    name: 'a build script',
    tries: 'The build program spies on its surroundings, and leaves a process behind that continues later.',
    language: 'python',
    answer: [
      file('build.py', build),
      file('main.py', 'import os\nprint("contained" if not os.path.exists("late") else "late")\n'),
    ],
    build: ['python3', 'build.py'],
  },
  {
    name: 'a build that leaves links',
    tries: 'The build leaves links, pipes and folders under the names that the runner collects.',
    language: 'python',
    answer: ({ home }) => [
      file(
        'build.py',
        python`
os.symlink("${home}/notes.txt", "stolen")
os.symlink("/proc/1/environ", "environ")
os.mkfifo("pipe")
os.symlink("..", "up")
os.symlink("/", "top")
os.mkdir("closed", 0)
`,
      ),
      file(
        'main.py',
        python`
for path in ("stolen", "environ", "top${home}/notes.txt", "up/home"): attempt(path, lambda: open(path).read())
print("contained")
`,
      ),
    ],
    build: ['python3', 'build.py'],
    verdict: ['pass', 'error'],
  },
  {
    name: 'an annotation processor',
    tries: 'The answer names an annotation processor for the compiler to run, and includes its source.',
    language: 'java',
    answer: [
      file('META-INF/services/javax.annotation.processing.Processor', 'Attack\n'),
      file(
        'Attack.java',
        'import java.util.*; import javax.annotation.processing.*; import javax.lang.model.element.*;\n@SupportedAnnotationTypes("*")\npublic class Attack extends AbstractProcessor { static { System.out.println("rea" + "ched"); while (Math.random() >= 0) {} }\npublic boolean process(Set<? extends TypeElement> a, RoundEnvironment r) { return false; } }\n',
      ),
      file(
        'Main.java',
        'public class Main { public static void main(String[] a) { System.out.println("contained"); } }\n',
      ),
    ],
    verdict: ['pass', 'error', 'timeout'],
    seen: ({ stdout, stderr }) => assert.doesNotMatch(stdout + stderr, /reached/),
  },
  {
    name: 'work at compile time',
    tries: 'A constant takes for ever to compute, a macro calls itself, and the program embeds secrets.',
    language: 'rust',
    answer: ({ home }) =>
      `const fn forever(mut n: u64) -> u64 { while n > 0 { n = n.wrapping_add(2) | 1; } n }\nconst ENDLESS: u64 = forever(1);\nmacro_rules! twice { ($($t:tt)*) => { twice!($($t)* $($t)*) } }\nfn main() { println!("{} {}", ENDLESS, include_str!("${home}/notes.txt")); twice!(x); }\n`,
    ...notCompiled,
  },
  {
    name: 'orders to a compiler in comments',
    tries:
      'Comments instruct the linker and the generator to use a plugin, another program, and a file of the user.',
    language: 'go',
    answer: ({ home }) =>
      `package main\n\n// #cgo CFLAGS: -fplugin=/scratch/attack.so -I${home}\n// #cgo LDFLAGS: -Wl,--wrap=main @${home}/notes.txt\n// #include "notes.txt"\nimport "C"\nimport _ "embed"\n\n//go:generate sh -c "cat ${home}/notes.txt"\n//go:embed ../home/person/notes.txt\nvar notes string\n\nfunc main() { println(notes) }\n`,
    ...notCompiled,
  },
];
