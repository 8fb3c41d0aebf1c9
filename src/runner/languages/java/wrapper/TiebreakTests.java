import org.junit.platform.engine.*;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.*;
import org.junit.platform.launcher.core.*;

/**
 * Runs tests of JUnit 5 and, through its vintage engine, of JUnit 4, and reports each. Arguments: the classes
 * that contain tests.
 */
public class TiebreakTests extends TiebreakChannel {
  static int ran = 0;
  static boolean good = true;

  static java.util.List<String> tested;

  public static void main(String[] classes) {
    tested = java.util.List.of(classes);
    try {
      LauncherDiscoveryRequestBuilder builder = LauncherDiscoveryRequestBuilder.request();
      for (String name : classes) builder.selectors(DiscoverySelectors.selectClass(Class.forName(name)));
      LauncherFactory.create().execute(builder.build(), new TestExecutionListener() {
        public void executionSkipped(TestIdentifier test, String reason) {
          if (test.isTest()) report(test, "skip", reason, null);
        }
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
          Throwable error = result.getThrowable().orElse(null);
          boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
          if (!test.isTest() && passed) return;
          ran++;
          if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            report(test, "skip", error == null ? "" : String.valueOf(error.getMessage()), null);
            return;
          }
          good &= passed;
          if (error != null) error.printStackTrace();
          report(test, passed ? "pass" : error instanceof AssertionError ? "fail" : "error", error == null ? "" : error.toString(), error);
        }
      });
    } catch (Throwable error) {
      error.printStackTrace();
      leave(1, "{\"stage\":\"tests\"," + described(error) + "}");
    }
    leave(good ? 0 : 1, "{\"stage\":\"done\",\"ran\":" + ran + ",\"good\":" + good + "}");
  }

  static void report(TestIdentifier test, String verdict, String message, Throwable error) {
    String text = String.valueOf(message);
    channel.println("{\"test\":" + quote(test.getDisplayName().replaceAll("\\(\\)$", "")) + ",\"verdict\":\"" + verdict + "\",\"message\":" + quote(text.substring(0, Math.min(2000, text.length()))) + lineOf(error, tested) + "}");
  }
}
