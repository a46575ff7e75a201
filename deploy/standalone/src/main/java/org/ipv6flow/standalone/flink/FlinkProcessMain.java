package org.ipv6flow.standalone.flink;

import java.util.Map;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.ipv6flow.standalone.process.ParentWatch;
import org.ipv6flow.standalone.process.ReadyLine;
import org.ipv6flow.standalone.process.TerminalSignals;

/**
 * The child process: {@code FlinkProcessMain jobmanager|taskmanager CONFIG_DIRECTORY}. Flink's own
 * entry points, which end with their parent.
 */
public final class FlinkProcessMain {

  static final String JOB_MANAGER = "jobmanager";
  static final String TASK_MANAGER = "taskmanager";

  private FlinkProcessMain() {}

  public static void main(String[] args) throws Exception {
    TerminalSignals.leaveToParent();
    ParentWatch.start();
    // Flink's entry points do not return; whether they serve, their REST interface says.
    ReadyLine.print(System.out, Map.of());
    String[] flinkArguments = {"--configDir", args[1]};
    switch (args[0]) {
      case JOB_MANAGER -> StandaloneSessionClusterEntrypoint.main(flinkArguments);
      case TASK_MANAGER -> TaskManagerRunner.main(flinkArguments);
      default ->
          throw new IllegalArgumentException(
              "%s (expected: %s or %s)".formatted(args[0], JOB_MANAGER, TASK_MANAGER));
    }
  }
}
