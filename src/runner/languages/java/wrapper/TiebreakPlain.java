/** Runs a test that is a program of its own, with assertions, and reports whether it reached its end. */
public class TiebreakPlain extends TiebreakChannel {
  public static void main(String[] words) {
    try {
      java.lang.reflect.Method main = Class.forName(words[0]).getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
    } catch (Throwable error) {
      Throwable cause = error instanceof java.lang.reflect.InvocationTargetException ? error.getCause() : error;
      cause.printStackTrace();
      leave(1, "{\"stage\":\"tests\"," + described(cause) + lineOf(cause, java.util.List.of(words[0])) + "}");
    }
    leave(0, "{\"stage\":\"done\",\"ran\":1,\"good\":true}");
  }
}
