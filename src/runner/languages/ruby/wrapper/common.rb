# Runs next to a Ruby answer inside the sandbox and sends results on descriptor 3, one JSON text per line.
# Values that JSON lacks have the form that outcome/value.ts reads. call.rb or test.rb is appended.
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
    JSON.generate(utf8(text.to_s) || text.to_s.encode('UTF-8', invalid: :replace, undef: :replace).scrub)
  end

  # The text in UTF-8; nil if it is not a text. Bytes that are valid UTF-8 are a text.
  def self.utf8(text)
    text = text.dup.force_encoding('UTF-8') if text.encoding == Encoding::BINARY
    text.valid_encoding? ? text.encode('UTF-8') : nil
  rescue EncodingError
    nil
  end

  def self.describe(error)
    names = error.class.ancestors.take_while { |kind| kind != Exception }.grep(Class).map(&:name).compact
    %("names":[#{(names + ['Exception']).map { |name| quote(name) }.join(',')}],"message":#{quote(error.message[0, 2000])})
  end

  def self.show(error)
    frames = (error.backtrace || []).reject { |frame| frame.include?('.tiebreak/') }
    warn "#{error.message} (#{error.class})", *frames.map { |frame| "\tfrom #{frame}" }
  end

  def self.special(kind, content, more = '')
    %({"$":"#{kind}","v":#{content}#{more}})
  end

  def self.unconverted(what, text = '')
    special('unconverted', quote(text[0, 20_000]), %(,"what":#{quote(what)}))
  end

  def self.either(*ways)
    special('either', "[#{ways.join(',')}]")
  end

  # How many items of a range or an enumerator are read at most: it may be endless.
  MOST_ITEMS = 100_000

  def self.encode(value, above = [])
    case value
    when nil then 'null'
    when true, false then value.to_s
    when Integer then value.abs < 2**53 ? value.to_s : special('number', quote(value))
    when Float then value.finite? ? value.to_s : special('number', quote(value))
    when Symbol then quote(value)
    when String then utf8(value) ? quote(value) : list(value.bytes, above)
    else encode_object(value, above)
    end
  end

  def self.encode_object(value, above)
    return unconverted('a BasicObject') unless Object === value
    return unconverted('a value that contains itself') if above.any? { |each| each.equal?(value) }
    return unconverted('a value nested more than 200 levels deep') if above.size > 200
    inside = above + [value]
    case value
    when Array then list(value, inside)
    when Hash then encode_hash(value, inside)
    when Set then special('set', list(value.to_a, inside))
    when Struct then encode_hash(value.to_h, inside)
    when Rational then either(encode(value.to_f), quote(value.to_s))
    when Range, Enumerator then encode_items(value, inside)
    else encode_other(value, inside)
    end
  end

  def self.list(items, inside)
    '[' + items.map { |item| encode(item, inside) }.join(',') + ']'
  end

  def self.encode_items(items, inside)
    first = items.first(MOST_ITEMS + 1)
    first.size > MOST_ITEMS ? unconverted("more than #{MOST_ITEMS} items") : list(first, inside)
  rescue TypeError
    unconverted("a value of the type #{items.class}", items.inspect)
  end

  def self.encode_hash(value, inside)
    plain = value.keys.all? { |key| key.is_a?(String) || key.is_a?(Symbol) || key.is_a?(Integer) } && !value.key?('$')
    return special('pairs', list(value.to_a, inside)) unless plain
    '{' + value.map { |key, member| quote(key) + ':' + encode(member, inside) }.join(',') + '}'
  end

  # Values of classes that an answer may have loaded.
  def self.encode_other(value, inside)
    case value.class.ancestors.map(&:to_s) & %w[BigDecimal DateTime Date Time Pathname URI::Generic Data OpenStruct]
    when ['BigDecimal'] then special('number', quote(value.to_s('F')))
    when ['Date'] then quote(value.strftime('%Y-%m-%d'))
    when %w[DateTime Date], ['Time'] then encode_time(value)
    when ['Pathname'], ['URI::Generic'] then quote(value.to_s)
    when ['Data'], ['OpenStruct'] then encode_hash(value.to_h, inside)
    else encode_own(value, inside)
    end
  end

  def self.encode_time(value)
    fraction = value.strftime('%9N').sub(/0+\z/, '')
    text = value.strftime('%Y-%m-%dT%H:%M:%S') + (fraction.empty? ? '' : ".#{fraction}")
    ways = [value.strftime('%:z'), value.strftime('%:z') == '+00:00' ? 'Z' : nil, ''].compact
    either(*ways.map { |zone| quote(text + zone) }, quote(value.to_s), quote(text.sub('T', ' ')))
  end

  # An object of any other class, as the variables that it has public readers for.
  def self.encode_own(value, inside)
    names = value.instance_variables.map { |name| name.to_s.delete_prefix('@') }
    fields = names.select { |name| value.respond_to?(name) && value.method(name).arity.zero? }
    type = value.class.to_s
    return unconverted("a value of the type #{type}", value.inspect) if fields.empty? || value.is_a?(Exception) || value.is_a?(Module)
    members = fields.to_h { |name| [name, value.public_send(name)] }
    own = value.method(:inspect).owner == Kernel ? '' : %(,"text":#{quote(value.inspect)})
    special('own', encode_hash(members, inside), %(,"type":#{quote(type)}#{own}))
  rescue NameError
    unconverted('a value of an unknown type')
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
