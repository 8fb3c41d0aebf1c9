# Runs a test's file against the main file and reports each test.

module Tiebreak
  def self.report(name, verdict, message = '', error = nil)
    send_frame(%({"test":#{quote(name)},"verdict":"#{verdict}","message":#{quote(message.to_s[0, 2000])}#{line_of(error)}}))
  end

  # The line of the test's file at which an error arose, or which called what failed, as a member of a frame.
  def self.line_of(error)
    places = (error&.backtrace || []).filter_map { |frame| frame[/#{Regexp.escape(TESTS)}:(\d+)/, 1] }
    places.empty? ? '' : %(,"line":#{places.first})
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
    send_frame('{"stage":"tests",' + describe(error) + line_of(error) + '}')
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
        Tiebreak.report("#{owner}##{result.name}", verdict, failure ? failure.message.lines.map(&:strip).join(' ') : '', failure.is_a?(Minitest::UnexpectedError) ? failure.error : failure)
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
        Tiebreak.report(note.example.full_description, expected ? 'fail' : 'error', error.message.lines.map(&:strip).join(' ').strip, error)
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
      report(name, error.instance_of?(RuntimeError) ? 'fail' : 'error', "#{error.class}: #{error.message}", error)
    end
    finish([functions.size, 1].max, good)
  end
end
