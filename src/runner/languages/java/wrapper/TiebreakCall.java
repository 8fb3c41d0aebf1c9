import java.lang.reflect.*;
import java.util.*;

/**
 * Calls a method by reflection. The parameter types, including their type arguments, determine how JSON is
 * converted. Arguments: the name of the method and the classes of the answer.
 */
public class TiebreakCall extends TiebreakChannel {
  static class Unfit extends RuntimeException {
    Unfit(String message) { super(message); }
  }

  public static void main(String[] words) throws Exception {
    java.nio.file.Path path = java.nio.file.Path.of(".tiebreak/arguments.json");
    List<?> given = (List<?>) new Reader(java.nio.file.Files.readString(path)).value();
    java.nio.file.Files.delete(path);
    Method method = null;
    Class<?> owner = null;
    String name = words[0].substring(words[0].lastIndexOf('.') + 1);
    String wanted = words[0].contains(".") ? words[0].substring(0, words[0].lastIndexOf('.')) : null;
    boolean named = false;
    for (int index = 1; index < words.length && method == null; index++) {
      Class<?> kind;
      try {
        kind = Class.forName(words[index]);
      } catch (Throwable error) {
        error.printStackTrace();
        leave(1, "{\"stage\":\"load\"," + described(error) + "}");
        return;
      }
      if (wanted != null && !kind.getName().equals(wanted) && !kind.getSimpleName().equals(wanted)) continue;
      for (Method each : kind.getDeclaredMethods()) {
        if (each.isSynthetic() || each.getName().equals("main") || !(name.isEmpty() || each.getName().equals(name))) continue;
        named = true;
        if (each.getParameterCount() != given.size()) continue;
        method = each;
        owner = kind;
        break;
      }
    }
    if (method == null) {
      leave(1, named ? "{\"stage\":\"unsupported\",\"message\":" + quote("no \"" + name + "\" takes " + given.size() + " arguments") + "}" : "{\"stage\":\"missing\"}");
      return;
    }
    Object value;
    try {
      method.setAccessible(true);
      Object subject = null;
      if (!Modifier.isStatic(method.getModifiers())) {
        Constructor<?> constructor = owner.getDeclaredConstructor();
        constructor.setAccessible(true);
        subject = constructor.newInstance();
      }
      Type[] types = method.getGenericParameterTypes();
      Object[] arguments = new Object[types.length];
      for (int index = 0; index < types.length; index++) arguments[index] = convert(given.get(index), types[index]);
      value = method.invoke(subject, arguments);
      if (method.getReturnType() == void.class && arguments.length > 0) value = arguments[0];
      String text = encode(value);
      leave(0, "{\"stage\":\"done\",\"value\":" + text + "}");
    } catch (Unfit error) {
      leave(1, "{\"stage\":\"unsupported\",\"message\":" + quote(error.getMessage()) + "}");
    } catch (NoSuchMethodException error) {
      leave(1, "{\"stage\":\"unsupported\",\"message\":" + quote("\"" + owner.getSimpleName() + "\" has no constructor without parameters to call \"" + name + "\" on; write the case as a unit test") + "}");
    } catch (InvocationTargetException error) {
      error.getCause().printStackTrace();
      leave(1, "{\"stage\":\"call\"," + described(error.getCause()) + "}");
    } catch (Throwable error) {
      error.printStackTrace();
      leave(1, "{\"stage\":\"call\"," + described(error) + "}");
    }
  }

  static Object convert(Object value, Type type) {
    Class<?> raw = rawOf(type);
    if (value == null && !raw.isPrimitive()) return raw == Optional.class ? Optional.empty() : null;
    if (raw == Object.class && value instanceof List<?>) return convert(value, List.class);
    if (raw == Object.class && value instanceof Map<?, ?>) return convert(value, Map.class);
    if (value instanceof JsonNumber number) {
      Object converted = number.to(raw);
      if (converted != null) return converted;
    }
    if (raw == Object.class) return value;
    if (value instanceof Boolean && (raw == boolean.class || raw == Boolean.class)) return value;
    if (value instanceof String text) {
      if (raw == String.class || raw == CharSequence.class) return text;
      if ((raw == char.class || raw == Character.class) && text.length() == 1) return text.charAt(0);
      if (raw == char[].class) return text.toCharArray();
      if (raw == StringBuilder.class) return new StringBuilder(text);
      if (raw.isEnum()) for (Object constant : raw.getEnumConstants()) if (((Enum<?>) constant).name().equals(text)) return constant;
    }
    if (raw == Optional.class) return Optional.of(convert(value, argument(type, 0)));
    if (value instanceof List<?> list) {
      if (raw.isArray()) {
        Type member = type instanceof GenericArrayType generic ? generic.getGenericComponentType() : raw.getComponentType();
        Object array = Array.newInstance(raw.getComponentType(), list.size());
        for (int index = 0; index < list.size(); index++) Array.set(array, index, convert(list.get(index), member));
        return array;
      }
      Collection<Object> into = raw.isAssignableFrom(ArrayList.class) ? new ArrayList<>() : raw.isAssignableFrom(LinkedHashSet.class) ? new LinkedHashSet<>() : raw.isAssignableFrom(ArrayDeque.class) ? new ArrayDeque<>() : raw.isAssignableFrom(LinkedList.class) ? new LinkedList<>() : raw.isAssignableFrom(TreeSet.class) ? new TreeSet<>() : null;
      if (into != null) {
        for (Object item : list) into.add(convert(item, argument(type, 0)));
        return into;
      }
    }
    if (value instanceof Map<?, ?> members) {
      Map<Object, Object> into = raw.isAssignableFrom(LinkedHashMap.class) ? new LinkedHashMap<>() : raw.isAssignableFrom(TreeMap.class) ? new TreeMap<>() : null;
      if (into != null) {
        for (Map.Entry<?, ?> member : members.entrySet()) into.put(convertKey((String) member.getKey(), argument(type, 0)), convert(member.getValue(), argument(type, 1)));
        return into;
      }
    }
    throw new Unfit("the JSON " + encode(value) + " cannot be made into a value of the type " + type.getTypeName());
  }

  static Object convertKey(String key, Type type) {
    if (rawOf(type) == Object.class || rawOf(type) == String.class) return key;
    if (rawOf(type) == Character.class && key.length() == 1) return key.charAt(0);
    try {
      return convert(new JsonNumber(new java.math.BigDecimal(key).toString()), type);
    } catch (NumberFormatException error) {
      throw new Unfit("the key " + quote(key) + " cannot be made into a value of the type " + type.getTypeName());
    }
  }

  static Class<?> rawOf(Type type) {
    if (type instanceof Class<?> kind) return kind;
    if (type instanceof ParameterizedType generic) return (Class<?>) generic.getRawType();
    if (type instanceof GenericArrayType array) return Array.newInstance(rawOf(array.getGenericComponentType()), 0).getClass();
    if (type instanceof WildcardType wild) return rawOf(wild.getUpperBounds()[0]);
    return Object.class;
  }

  static Type argument(Type type, int index) {
    return type instanceof ParameterizedType generic && generic.getActualTypeArguments().length > index ? generic.getActualTypeArguments()[index] : Object.class;
  }

  static String special(String kind, String content) {
    return "{\"$\":\"" + kind + "\",\"v\":" + content + "}";
  }

  static String special(String kind, String content, String more) {
    return "{\"$\":\"" + kind + "\",\"v\":" + content + "," + more + "}";
  }

  static String unconverted(String what, Object value) {
    return special("unconverted", quote(value == null ? "" : shown(value)), "\"what\":" + quote(what));
  }

  static String shown(Object value) {
    try {
      String text = value.toString();
      return text.substring(0, Math.min(20000, text.length()));
    } catch (RuntimeException error) {
      return "its toString fails";
    }
  }

  /** The values around the value that is written. */
  static final Set<Object> above = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Writes a value as JSON. Values that JSON lacks have the form that outcome/value.ts reads. */
  static String encode(Object value) {
    if (value == null) return "null";
    String plain = encodePlain(value);
    if (plain != null) return plain;
    if (above.size() > 200) return unconverted("a value nested more than 200 levels deep", null);
    if (!above.add(value)) return unconverted("a value that contains itself", null);
    try {
      return encodeObject(value);
    } finally {
      above.remove(value);
    }
  }

  /** Truth values, numbers and what has a text; null for anything else. */
  static String encodePlain(Object value) {
    if (value instanceof Boolean || value instanceof java.util.concurrent.atomic.AtomicBoolean) return value.toString();
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (value instanceof Float) number = Double.parseDouble(value.toString());
      return Double.isFinite(number) ? String.valueOf(number) : special("number", quote(value.toString()));
    }
    if (value instanceof JsonNumber number) return number.text();
    if (value instanceof Number && value.getClass().getModule().isNamed()) return special("number", quote(value.toString()));
    if (value instanceof CharSequence || value instanceof Character) return quote(value.toString());
    if (value instanceof Enum<?> constant) return constant.name().equals(constant.toString()) ? quote(constant.name()) : special("either", "[" + quote(constant.name()) + "," + quote(constant.toString()) + "]");
    if (value instanceof Date date) return quote(java.time.Instant.ofEpochMilli(date.getTime()).toString());
    if (value instanceof Calendar calendar) return quote(calendar.toInstant().toString());
    if (value instanceof java.time.Duration duration) return special("either", "[" + encode(duration.toMillis() / 1000.0) + "," + quote(duration.toString()) + "]");
    if (value instanceof java.time.temporal.TemporalAccessor time) return encodeTime(time);
    boolean isText = value instanceof java.time.temporal.TemporalAmount || value instanceof java.time.ZoneId || value instanceof UUID || value instanceof java.nio.file.Path || value instanceof java.io.File || value instanceof java.net.URI || value instanceof java.net.URL || value instanceof Locale || value instanceof Currency;
    if (isText) return quote(value.toString());
    return null;
  }

  /** A date or a time as it displays itself, which leaves out seconds that are 0, and with them. */
  static String encodeTime(java.time.temporal.TemporalAccessor time) {
    java.time.format.DateTimeFormatter full =
      time instanceof java.time.LocalTime ? java.time.format.DateTimeFormatter.ISO_LOCAL_TIME
      : time instanceof java.time.LocalDateTime ? java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME
      : time instanceof java.time.OffsetDateTime || time instanceof java.time.ZonedDateTime ? java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME
      : null;
    if (full == null) return quote(time.toString());
    String text = full.format(time);
    return special("either", "[" + quote(time.toString()) + "," + quote(text) + "," + quote(text.replace('T', ' ')) + "]");
  }

  static String encodeObject(Object value) {
    if (value instanceof Optional<?> optional) return encode(optional.orElse(null));
    if (value instanceof OptionalInt optional) return optional.isPresent() ? encode(optional.getAsInt()) : "null";
    if (value instanceof OptionalLong optional) return optional.isPresent() ? encode(optional.getAsLong()) : "null";
    if (value instanceof OptionalDouble optional) return optional.isPresent() ? encode(optional.getAsDouble()) : "null";
    if (value instanceof byte[] bytes) return encodeBytes(bytes);
    if (value.getClass().isArray()) {
      StringJoiner items = new StringJoiner(",", "[", "]");
      for (int index = 0; index < Array.getLength(value); index++) items.add(encode(Array.get(value, index)));
      return items.toString();
    }
    if (value instanceof Map<?, ?> map) return encodeMap(map);
    if (value instanceof Map.Entry<?, ?> entry) return special("named", "[" + encode(entry.getKey()) + "," + encode(entry.getValue()) + "]", "\"names\":[\"key\",\"value\"]");
    if (value instanceof java.util.stream.BaseStream<?, ?> stream) return items(stream.iterator());
    if (value instanceof Set<?> set) return special("set", items(set.iterator()));
    if (value instanceof Iterable<?> iterable) return items(iterable.iterator());
    if (value instanceof Iterator<?> iterator) return items(iterator);
    if (value.getClass().isRecord()) return encodeRecord(value);
    return encodeOwn(value);
  }

  static String items(Iterator<?> iterator) {
    StringJoiner items = new StringJoiner(",", "[", "]");
    iterator.forEachRemaining(item -> items.add(encode(item)));
    return items.toString();
  }

  static String encodeBytes(byte[] bytes) {
    StringJoiner items = new StringJoiner(",", "[", "]");
    StringJoiner unsigned = new StringJoiner(",", "[", "]");
    for (byte each : bytes) {
      items.add(String.valueOf(each));
      unsigned.add(String.valueOf(each & 255));
    }
    String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    boolean isText = Arrays.equals(bytes, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return special("either", "[" + items + "," + unsigned + (isText ? "," + quote(text) : "") + "]");
  }

  static String encodeMap(Map<?, ?> map) {
    boolean plain = true;
    StringJoiner members = new StringJoiner(",", "{", "}");
    StringJoiner pairs = new StringJoiner(",", "[", "]");
    for (Map.Entry<?, ?> member : map.entrySet()) {
      Object key = member.getKey();
      String content = encode(member.getValue());
      plain &= !"$".equals(key) && (key instanceof String || key instanceof Number || key instanceof Character || key instanceof Enum<?>);
      members.add(quote(key instanceof Enum<?> constant ? constant.name() : String.valueOf(key)) + ":" + content);
      pairs.add("[" + encode(key) + "," + content + "]");
    }
    return plain ? members.toString() : special("pairs", pairs.toString());
  }

  static String encodeRecord(Object value) {
    StringJoiner members = new StringJoiner(",", "{", "}");
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        members.add(quote(component.getName()) + ":" + encode(component.getAccessor().invoke(value)));
      } catch (ReflectiveOperationException error) {
        throw new Unfit("the record " + value.getClass().getSimpleName() + " cannot be read");
      }
    }
    return members.toString();
  }

  /** An object of any other class: its fields that are not private, or that have a getter. */
  static String encodeOwn(Object value) {
    Class<?> type = value.getClass();
    StringJoiner members = new StringJoiner(",", "{", "}");
    members.setEmptyValue("");
    if (!type.getModule().isNamed() && !(value instanceof Throwable) && !type.isSynthetic() && !type.isHidden())
      for (Class<?> kind = type; kind != null && !kind.getModule().isNamed(); kind = kind.getSuperclass())
        for (Field field : kind.getDeclaredFields()) {
          if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic() || field.getName().contains("$")) continue;
          if (Modifier.isPrivate(field.getModifiers()) && !hasGetter(kind, field)) continue;
          try {
            field.setAccessible(true);
            members.add(quote(field.getName()) + ":" + encode(field.get(value)));
          } catch (IllegalAccessException error) {
            throw new Unfit("the class " + type.getSimpleName() + " cannot be read");
          }
        }
    if (members.toString().isEmpty()) return unconverted("a value of the type " + type.getSimpleName(), value);
    String text = "\"type\":" + quote(type.getSimpleName()) + ",\"text\":" + quote(shown(value));
    return special("own", members.toString(), text);
  }

  static boolean hasGetter(Class<?> kind, Field field) {
    String name = field.getName();
    String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    for (Method method : kind.getDeclaredMethods())
      if (method.getParameterCount() == 0 && !Modifier.isPrivate(method.getModifiers()) && (method.getName().equals(name) || method.getName().equals("get" + capital) || method.getName().equals("is" + capital))) return true;
    return false;
  }

  /** A number as the case writes it. */
  record JsonNumber(String text) {
    /** The number in a type; null if the type does not hold it. */
    Object to(Class<?> raw) {
      boolean written = text.chars().noneMatch(c -> ".eE".indexOf(c) >= 0);
      double number = Double.parseDouble(text);
      boolean any = raw == Object.class || raw == Number.class;
      if (raw == java.math.BigDecimal.class) return new java.math.BigDecimal(text);
      if (any && !written) return number;
      if (raw == double.class || raw == Double.class) return written && !holds(number) ? null : (Object) number;
      if (raw == float.class || raw == Float.class) return written && !holds((float) number) ? null : (Object) (float) number;
      if (!written && (number != Math.rint(number) || Math.abs(number) > 1e300)) return null;
      java.math.BigInteger integer = new java.math.BigDecimal(text).toBigInteger();
      int bits = integer.bitLength();
      if ((any || raw == int.class || raw == Integer.class) && bits < 32) return integer.intValue();
      if ((any || raw == long.class || raw == Long.class) && bits < 64) return integer.longValue();
      if ((raw == short.class || raw == Short.class) && bits < 16) return integer.shortValue();
      if ((raw == byte.class || raw == Byte.class) && bits < 8) return integer.byteValue();
      return any || raw == java.math.BigInteger.class ? integer : null;
    }

    /** Whether a double has exactly the value of an integer that is too large for most doubles. */
    boolean holds(double number) {
      return text.length() <= 15 || Double.isFinite(number) && new java.math.BigDecimal(number).compareTo(new java.math.BigDecimal(text)) == 0;
    }
  }

  /** Parses JSON: objects become maps. */
  static class Reader {
    final String text;
    int at = 0;

    Reader(String text) { this.text = text; }

    Object value() {
      char c = text.charAt(at);
      if (c == '"') return string();
      if (c == '[') {
        List<Object> list = new ArrayList<>();
        at++;
        while (text.charAt(at) != ']') {
          list.add(value());
          if (text.charAt(at) == ',') at++;
        }
        at++;
        return list;
      }
      if (c == '{') {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        while (text.charAt(at) != '}') {
          String key = string();
          at++;
          map.put(key, value());
          if (text.charAt(at) == ',') at++;
        }
        at++;
        return map;
      }
      int start = at;
      while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) at++;
      String word = text.substring(start, at);
      return word.equals("null") ? null : word.equals("true") ? Boolean.TRUE : word.equals("false") ? Boolean.FALSE : (Object) new JsonNumber(word);
    }

    String string() {
      StringBuilder out = new StringBuilder();
      for (at++; text.charAt(at) != '"'; at++) {
        if (text.charAt(at) != '\\') {
          out.append(text.charAt(at));
          continue;
        }
        char c = text.charAt(++at);
        if (c == 'u') {
          out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        } else out.append(c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'b' ? '\b' : c == 'f' ? '\f' : c);
      }
      at++;
      return out.toString();
    }
  }
}
