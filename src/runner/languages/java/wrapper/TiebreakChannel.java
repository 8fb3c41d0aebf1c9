/**
 * Sends the results of the other classes as lines of JSON in a file, because Java cannot write to a
 * descriptor by its number.
 */
class TiebreakChannel {
  static final java.io.PrintStream channel = open();

  static java.io.PrintStream open() {
    try {
      return new java.io.PrintStream(new java.io.FileOutputStream(".tiebreak/frames"), true, "UTF-8");
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

  /**
   * The line of a class with tests at which an error arose, or which called what failed, as a member of a frame. Classes
   * inside of it are in the same file.
   */
  static String lineOf(Throwable error, java.util.List<String> classes) {
    if (error == null) return "";
    for (StackTraceElement place : error.getStackTrace())
      if (place.getLineNumber() > 0 && classes.contains(place.getClassName().replaceAll("\\$.*", ""))) return ",\"line\":" + place.getLineNumber();
    return "";
  }

  static void leave(int code, String frame) {
    System.out.flush();
    channel.println(frame);
    Runtime.getRuntime().halt(code);
  }
}
