import { argumentsFile } from './scripting.ts';
import { framesFile } from './shared.ts';

// Programs in Java that run beside an answer inside the sandbox and send what they learn on descriptor 3.

/** The class whose `main` calls a method: its arguments are the method's name and the answer's classes. */
export const callClass = 'TiebreakCall';

/** The class that runs an answer's tests with JUnit: its arguments are the classes to look into. */
export const testsClass = 'TiebreakTests';

/** The class that runs a test that is a program. */
export const plainClass = 'TiebreakPlain';

const channel = String.raw`
  static final java.io.PrintStream channel = open();

  static java.io.PrintStream open() {
    try {
      return new java.io.PrintStream(new java.io.FileOutputStream("${framesFile}"), true, "UTF-8");
    } catch (java.io.IOException error) {
      throw new java.io.UncheckedIOException(error);
    }
  }

  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : String.valueOf(text).toCharArray()) {
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < 32 || c > 126) out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    return out.append('"').toString();
  }

  static String described(Throwable error) {
    StringBuilder names = new StringBuilder();
    for (Class<?> kind = error.getClass(); kind != Object.class; kind = kind.getSuperclass())
      names.append(names.length() == 0 ? "" : ",").append(quote(kind.getSimpleName()));
    String message = error.getMessage() == null ? "" : error.getMessage();
    return "\"names\":[" + names + "],\"message\":" + quote(message.substring(0, Math.min(2000, message.length())));
  }

  static void leave(int code, String frame) {
    System.out.flush();
    channel.println(frame);
    Runtime.getRuntime().halt(code);
  }
`;

/** Calls a method by reflection; parameter types, with their type arguments, say how JSON is converted. */
export const callSource = String.raw`
import java.lang.reflect.*;
import java.util.*;

public class ${callClass} {
  ${channel}
  static class Unfit extends RuntimeException {
    Unfit(String message) { super(message); }
  }

  public static void main(String[] words) throws Exception {
    java.nio.file.Path path = java.nio.file.Path.of("${argumentsFile}");
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
      String text = encode(value, 0);
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
    if (raw == Object.class) return value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e9 ? (Object) Integer.valueOf(d.intValue()) : value instanceof List<?> list ? convert(list, List.class) : value;
    if (value instanceof Double number) {
      boolean whole = number == Math.rint(number);
      if (raw == double.class || raw == Double.class || raw == Number.class) return number;
      if (raw == float.class || raw == Float.class) return number.floatValue();
      if (raw == java.math.BigDecimal.class) return java.math.BigDecimal.valueOf(number);
      if (whole && (raw == int.class || raw == Integer.class) && Math.abs(number) < 2147483648.0) return number.intValue();
      if (whole && (raw == long.class || raw == Long.class)) return number.longValue();
      if (whole && (raw == short.class || raw == Short.class)) return number.shortValue();
      if (whole && (raw == byte.class || raw == Byte.class)) return number.byteValue();
      if (whole && raw == java.math.BigInteger.class) return java.math.BigInteger.valueOf(number.longValue());
    }
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
    throw new Unfit("the JSON " + encode(value, 0) + " cannot be made into a value of the type " + type.getTypeName());
  }

  static Object convertKey(String key, Type type) {
    if (rawOf(type) == Object.class || rawOf(type) == String.class) return key;
    if (rawOf(type) == Character.class && key.length() == 1) return key.charAt(0);
    try {
      return convert(Double.valueOf(key), type);
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

  static String encode(Object value, int depth) {
    if (depth > 200) return special("text", "\"…\"");
    if (value == null) return "null";
    if (value instanceof Boolean) return value.toString();
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (value instanceof Float) number = Double.parseDouble(value.toString());
      return Double.isFinite(number) ? String.valueOf(number) : special("number", quote(value.toString()));
    }
    if (value instanceof Number) return special("number", quote(value.toString()));
    if (value instanceof CharSequence || value instanceof Character || value instanceof Enum<?>) return quote(value.toString());
    if (value instanceof Optional<?> optional) return optional.isPresent() ? encode(optional.get(), depth) : "null";
    if (value.getClass().isArray()) {
      StringJoiner items = new StringJoiner(",", "[", "]");
      for (int index = 0; index < Array.getLength(value); index++) items.add(encode(Array.get(value, index), depth + 1));
      return items.toString();
    }
    if (value instanceof Map<?, ?> map) {
      boolean plain = !map.containsKey("$");
      StringJoiner members = new StringJoiner(",", "{", "}");
      StringJoiner pairs = new StringJoiner(",", "[", "]");
      for (Map.Entry<?, ?> member : map.entrySet()) {
        plain &= member.getKey() instanceof String || member.getKey() instanceof Number || member.getKey() instanceof Character || member.getKey() instanceof Enum<?>;
        members.add(quote(String.valueOf(member.getKey())) + ":" + encode(member.getValue(), depth + 1));
        pairs.add("[" + encode(member.getKey(), depth + 1) + "," + encode(member.getValue(), depth + 1) + "]");
      }
      return plain ? members.toString() : special("pairs", pairs.toString());
    }
    if (value instanceof java.util.stream.BaseStream<?, ?> stream) {
      List<Object> list = new ArrayList<>();
      stream.iterator().forEachRemaining(list::add);
      return encode(list, depth);
    }
    if (value instanceof Iterable<?> iterable) {
      StringJoiner items = new StringJoiner(",", "[", "]");
      for (Object item : iterable) items.add(encode(item, depth + 1));
      return value instanceof Set<?> ? special("set", items.toString()) : items.toString();
    }
    if (value.getClass().isRecord()) {
      StringJoiner members = new StringJoiner(",", "{", "}");
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        try {
          component.getAccessor().setAccessible(true);
          members.add(quote(component.getName()) + ":" + encode(component.getAccessor().invoke(value), depth + 1));
        } catch (ReflectiveOperationException error) {
          throw new Unfit("the record " + value.getClass().getSimpleName() + " cannot be read");
        }
      }
      return members.toString();
    }
    String shown = value.toString();
    return special("text", quote(shown.substring(0, Math.min(20000, shown.length()))));
  }

  /** JSON: objects as maps, numbers as doubles. */
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
      return word.equals("null") ? null : word.equals("true") ? Boolean.TRUE : word.equals("false") ? Boolean.FALSE : (Object) Double.valueOf(word);
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
`;

/** Runs the tests of JUnit 5 and, through its vintage engine, of JUnit 4, and tells of each. */
export const testsSource = String.raw`
import org.junit.platform.engine.*;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.*;
import org.junit.platform.launcher.core.*;

public class ${testsClass} {
  ${channel}
  static int ran = 0;
  static boolean good = true;

  public static void main(String[] classes) {
    try {
      LauncherDiscoveryRequestBuilder builder = LauncherDiscoveryRequestBuilder.request();
      for (String name : classes) builder.selectors(DiscoverySelectors.selectClass(Class.forName(name)));
      LauncherFactory.create().execute(builder.build(), new TestExecutionListener() {
        public void executionSkipped(TestIdentifier test, String reason) {
          if (test.isTest()) report(test, "skip", reason);
        }
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
          Throwable error = result.getThrowable().orElse(null);
          boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
          if (!test.isTest() && passed) return;
          ran++;
          if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            report(test, "skip", error == null ? "" : String.valueOf(error.getMessage()));
            return;
          }
          good &= passed;
          if (error != null) error.printStackTrace();
          report(test, passed ? "pass" : error instanceof AssertionError ? "fail" : "error", error == null ? "" : error.toString());
        }
      });
    } catch (Throwable error) {
      error.printStackTrace();
      leave(1, "{\"stage\":\"tests\"," + described(error) + "}");
    }
    leave(good ? 0 : 1, "{\"stage\":\"done\",\"ran\":" + ran + ",\"good\":" + good + "}");
  }

  static void report(TestIdentifier test, String verdict, String message) {
    String text = String.valueOf(message);
    channel.println("{\"test\":" + quote(test.getDisplayName().replaceAll("\\(\\)$", "")) + ",\"verdict\":\"" + verdict + "\",\"message\":" + quote(text.substring(0, Math.min(2000, text.length()))) + "}");
  }
}
`;

/** Runs a test that is a program of its own, with assertions, and says whether its end was reached. */
export const plainSource = String.raw`
public class ${plainClass} {
  ${channel}
  public static void main(String[] words) {
    try {
      java.lang.reflect.Method main = Class.forName(words[0]).getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
    } catch (Throwable error) {
      Throwable cause = error instanceof java.lang.reflect.InvocationTargetException ? error.getCause() : error;
      cause.printStackTrace();
      leave(1, "{\"stage\":\"tests\"," + described(cause) + "}");
    }
    leave(0, "{\"stage\":\"done\",\"ran\":1,\"good\":true}");
  }
}
`;
