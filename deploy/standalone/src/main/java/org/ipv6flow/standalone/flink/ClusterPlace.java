package org.ipv6flow.standalone.flink;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ipv6flow.standalone.process.FreePorts;

/**
 * Where a Flink cluster of several processes on this machine lives: the same at every start.
 *
 * @param jobsYaml settings of the job
 * @param stateDirectory where its checkpoints are, as {@code jobsYaml} says
 * @param workDirectory settings and temporary files of the cluster
 * @param slots of each task manager
 */
public record ClusterPlace(
    Path jobsYaml,
    Path stateDirectory,
    Path workDirectory,
    Path logDirectory,
    int restPort,
    int rpcPort,
    int slots) {

  private static final int HEAP_MEBIBYTES = 640;
  private static final int FRAMEWORK_HEAP_MEBIBYTES = 128;

  /** Of jars that come with the job, or have no business in Flink: the cluster must do without. */
  private static final List<String> NOT_FLINKS =
      List.of("stream-jobs", "kafka", "clickhouse", "collector", "simulator", "schema");

  /**
   * @param restPort 0 for any free one
   */
  public static ClusterPlace of(
      Path jobsYaml,
      Path stateDirectory,
      Path workDirectory,
      Path logDirectory,
      int restPort,
      int slots) {
    return new ClusterPlace(
        jobsYaml,
        stateDirectory,
        workDirectory,
        logDirectory,
        FreePorts.orNext(restPort),
        FreePorts.next(),
        slots);
  }

  public String restUrl() {
    return "http://127.0.0.1:" + restPort;
  }

  /** The same job with other settings. */
  ClusterPlace withJob(Path otherJobsYaml) {
    return new ClusterPlace(
        otherJobsYaml, stateDirectory, workDirectory, logDirectory, restPort, rpcPort, slots);
  }

  /** Flink's heap of a task manager, for the JVM to agree with its settings. */
  static String taskManagerHeap() {
    return "-Xmx" + (HEAP_MEBIBYTES + FRAMEWORK_HEAP_MEBIBYTES) + "m";
  }

  /**
   * This process's class path without the job and what comes with it: as in any Flink cluster, the
   * job's classes come from its jar.
   */
  static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      // A directory of classes is named after its module: MODULE/target/classes.
      String name =
          Files.isDirectory(path) && path.getNameCount() > 2
              ? path.getName(path.getNameCount() - 3).toString()
              : path.getFileName().toString();
      if (NOT_FLINKS.stream().noneMatch(name::contains)) {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  /** Writes the settings of one process; returns the directory that Flink wants to be told. */
  Path writeSettings(String process, int metricsPort) throws IOException {
    Path temporary = Files.createDirectories(workDirectory.resolve("tmp").resolve(process));
    Map<String, String> settings = new TreeMap<>();
    settings.put("jobmanager.rpc.address", "127.0.0.1");
    settings.put("jobmanager.rpc.port", Integer.toString(rpcPort));
    settings.put("jobmanager.bind-host", "127.0.0.1");
    settings.put("rest.address", "127.0.0.1");
    settings.put("rest.bind-address", "127.0.0.1");
    settings.put("rest.port", Integer.toString(restPort));
    settings.put("rest.bind-port", Integer.toString(restPort));
    settings.put("taskmanager.host", "127.0.0.1");
    settings.put("taskmanager.bind-host", "127.0.0.1");
    settings.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
    // Flink's shell scripts would compute these; without them each must be given.
    settings.put("taskmanager.cpu.cores", "1");
    settings.put("taskmanager.memory.task.heap.size", HEAP_MEBIBYTES + "m");
    settings.put("taskmanager.memory.task.off-heap.size", "64m");
    settings.put("taskmanager.memory.framework.heap.size", FRAMEWORK_HEAP_MEBIBYTES + "m");
    settings.put("taskmanager.memory.framework.off-heap.size", "128m");
    settings.put("taskmanager.memory.network.min", "64m");
    settings.put("taskmanager.memory.network.max", "64m");
    settings.put("taskmanager.memory.managed.size", "8m");
    settings.put("taskmanager.memory.jvm-metaspace.size", "256m");
    settings.put("taskmanager.memory.jvm-overhead.min", "64m");
    settings.put("taskmanager.memory.jvm-overhead.max", "64m");
    // A process that was killed is missed soon; on a busy machine one that lives is not.
    settings.put("heartbeat.interval", "1 s");
    settings.put("heartbeat.timeout", "10 s");
    // Task managers that are up before their job manager try again at once, not after 10 s.
    settings.put("cluster.registration.error-delay", "500 ms");
    settings.put("cluster.registration.refused-registration-delay", "500 ms");
    settings.put("slot.request.timeout", "120 s");
    settings.put("pekko.ask.timeout", "30 s");
    settings.put("io.tmp.dirs", temporary.toString());
    settings.put("web.upload.dir", temporary.toString());
    settings.put("metrics.reporters", "prometheus");
    settings.put(
        "metrics.reporter.prometheus.factory.class",
        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    settings.put("metrics.reporter.prometheus.port", Integer.toString(metricsPort));
    Path directory = Files.createDirectories(workDirectory.resolve(process));
    Files.writeString(
        directory.resolve("config.yaml"),
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"\n")
            .collect(Collectors.joining()));
    return directory;
  }
}
