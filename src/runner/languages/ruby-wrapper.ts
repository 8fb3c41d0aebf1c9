import { argumentsFile } from './scripting.ts';

// Programs that run beside a Ruby answer inside the sandbox and send what they learn on descriptor 3, one JSON text a line.

/** Sends frames and writes values as JSON, with what JSON lacks in the form that `value.ts` reads. */
const speaking = String.raw`
require 'json'
require 'set'
File.delete(__FILE__)

module Tiebreak
  CHANNEL = IO.for_fd(3, 'w')
  CHANNEL.sync = true
  CHANNEL.close_on_exec = true

  def self.send_frame(text)
    CHANNEL.write(text + "\n")
  end

  def self.quote(text)
    JSON.generate(text.to_s.encode('UTF-8', invalid: :replace, undef: :replace).scrub)
  end

  def self.describe(error)
    names = error.class.ancestors.take_while { |kind| kind != Exception }.grep(Class).map(&:name).compact
    %("names":[#{(names + ['Exception']).map { |name| quote(name) }.join(',')}],"message":#{quote(error.message[0, 2000])})
  end

  def self.show(error)
    frames = (error.backtrace || []).reject { |frame| frame.include?('.tiebreak/') }
    warn "#{error.message} (#{error.class})", *frames.map { |frame| "\tfrom #{frame}" }
  end

  def self.special(kind, content)
    %({"$":"#{kind}","v":#{content}})
  end

  def self.encode(value, depth = 0)
    return special('text', '"…"') if depth > 200
    list = ->(items) { '[' + items.map { |item| encode(item, depth + 1) }.join(',') + ']' }
    case value
    when nil then 'null'
    when true, false then value.to_s
    when Integer then value.abs < 2**53 ? value.to_s : special('number', quote(value))
    when Float then value.finite? ? value.to_s : special('number', quote(value))
    when String, Symbol then quote(value)
    when Array then list.(value)
    when Hash then encode_hash(value, depth, list)
    when Set then special('set', list.(value.to_a))
    when Range, Enumerator then list.(value.first(100_000))
    when Struct then encode_hash(value.to_h, depth, list)
    when Rational then encode(value.to_f, depth)
    else special('text', quote(value.inspect[0, 20_000]))
    end
  end

  def self.encode_hash(value, depth, list)
    plain = value.keys.all? { |key| key.is_a?(String) || key.is_a?(Symbol) || key.is_a?(Integer) } && !value.key?('$')
    return special('pairs', list.(value.to_a)) unless plain
    '{' + value.map { |key, member| quote(key) + ':' + encode(member, depth + 1) }.join(',') + '}'
  end

  def self.leave(code)
    $stdout.flush
    $stderr.flush
    exit!(code)
  end

  def self.load_answer(path)
    $0 = path
    load "./#{path}"
  rescue Exception => error
    show(error)
    send_frame('{"stage":"load",' + describe(error) + '}')
    leave(1)
  end
end
`;

const calling = String.raw`
module Tiebreak
  def self.find(name)
    return nil if name.nil?
    *owners, last = name.split(/[.#]/)
    if owners.empty?
      main = TOPLEVEL_BINDING.receiver
      return main.method(last) if main.respond_to?(last, true)
      kind = ObjectSpace.each_object(Class).find { |each| each.instance_methods(false).include?(last.to_sym) && Object.const_source_location(each.name.to_s)&.first.to_s.end_with?(ANSWER) }
      return kind&.new&.method(last)
    end
    owner = Object.const_get(owners.join('::'))
    return owner.method(last) if owner.respond_to?(last)
    owner.new.method(last) if owner.is_a?(Class) && owner.method_defined?(last)
  rescue NameError
    nil
  end
  def self.call(path, name)
    arguments = JSON.parse(File.read(ARGUMENTS), max_nesting: false)
    File.delete(ARGUMENTS)
    load_answer(path)
    target = find(name)
    if target.nil?
      send_frame('{"stage":"missing"}')
      leave(1)
    end
    begin
      value = encode(target.call(*arguments))
    rescue Exception => error
      show(error)
      send_frame('{"stage":"call",' + describe(error) + '}')
      leave(1)
    end
    send_frame('{"stage":"done","value":' + value + '}')
    leave(0)
  end
end
`;

const testing = String.raw`
module Tiebreak
  def self.report(name, verdict, message = '')
    send_frame(%({"test":#{quote(name)},"verdict":"#{verdict}","message":#{quote(message.to_s[0, 2000])}}))
  end

  def self.finish(ran, good)
    send_frame(%({"stage":"done","ran":#{ran},"good":#{good}}))
    leave(good ? 0 : 1)
  end

  def self.missing(framework, package)
    send_frame(%({"stage":"framework-missing","framework":"#{framework}","package":"#{package}"}))
    leave(1)
  end

  def self.run_tests
    yield
  rescue Exception => error
    show(error)
    send_frame('{"stage":"tests",' + describe(error) + '}')
    leave(1)
  end

  def self.minitest(path, tests)
    begin
      require 'minitest'
    rescue LoadError
      missing('minitest', 'ruby-minitest')
    end
    Minitest.define_singleton_method(:autorun) {}
    load_answer(path)
    run_tests { load "./#{tests}" }
    ran = 0
    reporter = Class.new(Minitest::AbstractReporter) do
      define_method(:record) do |result|
        ran += 1
        failure = result.failure
        verdict = result.passed? ? 'pass' : result.skipped? ? 'skip' : failure.is_a?(Minitest::UnexpectedError) ? 'error' : 'fail'
        owner = result.respond_to?(:klass) ? result.klass : result.class.name
        Tiebreak.report("#{owner}##{result.name}", verdict, failure ? failure.message.lines.map(&:strip).join(' ') : '')
      end
    end
    Minitest.define_singleton_method(:plugin_tiebreak_init) { |_options| Minitest.reporter << reporter.new }
    Minitest.extensions << 'tiebreak'
    good = Minitest.run(['--seed', '1'])
    finish(ran, good && true)
  end

  def self.rspec(path, tests)
    begin
      require 'rspec/core'
    rescue LoadError
      missing('RSpec', 'ruby-rspec')
    end
    RSpec::Core::Runner.disable_autorun!
    load_answer(path)
    ran = 0
    formatter = Class.new do
      RSpec::Core::Formatters.register self, :example_passed, :example_failed, :example_pending
      def initialize(_output); end
      define_method(:example_passed) { |note| ran += 1; Tiebreak.report(note.example.full_description, 'pass') }
      define_method(:example_pending) { |note| Tiebreak.report(note.example.full_description, 'skip') }
      define_method(:example_failed) do |note|
        ran += 1
        error = note.exception
        expected = error.class.name == 'RSpec::Expectations::ExpectationNotMetError'
        Tiebreak.report(note.example.full_description, expected ? 'fail' : 'error', error.message.lines.map(&:strip).join(' ').strip)
      end
    end
    RSpec.configure { |config| config.add_formatter('progress'); config.add_formatter(formatter) }
    code = RSpec::Core::Runner.run(["./#{tests}", '--no-color'])
    finish(ran, code == 0)
  end

  def self.plain(path, tests)
    load_answer(path)
    before = Object.private_instance_methods
    run_tests { load "./#{tests}" }
    main = TOPLEVEL_BINDING.receiver
    functions = (Object.private_instance_methods - before).select { |name| name.start_with?('test') && main.method(name).arity <= 0 }
    good = true
    functions.each do |name|
      main.send(name)
      report(name, 'pass')
    rescue Exception => error
      good = false
      show(error)
      report(name, error.instance_of?(RuntimeError) ? 'fail' : 'error', "#{error.class}: #{error.message}")
    end
    finish([functions.size, 1].max, good)
  end
end
`;

/** The framework that a test is written for, by what the case says or the test's source shows. */
export function frameworkOf({
  source,
  framework,
}: {
  source: string;
  framework?: string | undefined;
}): 'minitest' | 'rspec' | 'plain' {
  if (framework === 'minitest' || framework === 'rspec') return framework;
  if (/\bMinitest\b|minitest\//.test(source)) return 'minitest';
  return /^\s*(?:RSpec\.)?describe\b/m.test(source) ? 'rspec' : 'plain';
}

/** The program that calls a method with the arguments of `argumentsFile`. */
export function callProgram(main: string, name: string | undefined): string {
  const call = `Tiebreak.call(${literal(main)}, ${name === undefined ? 'nil' : literal(name)})`;
  return `${speaking}\nARGUMENTS = ${literal(argumentsFile)}\nANSWER = ${literal(main)}\n${calling}\n${call}\n`;
}

/** The program that runs a test's file against the main file. */
export function testProgram(main: string, tests: string, framework: 'minitest' | 'rspec' | 'plain'): string {
  return `${speaking}${testing}\nTiebreak.${framework}(${literal(main)}, ${literal(tests)})\n`;
}

/** A text as a string of Ruby in which nothing is replaced. */
function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
