package org.ipv6flow.standalone.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.ipv6flow.jobs.traffic.TrafficJob;
import org.ipv6flow.standalone.process.ChildFailedException;
import org.jspecify.annotations.Nullable;

/** Submits the traffic job to an existing Flink, over its REST interface. */
public final class JobSubmission {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String CAUSED_BY = "Caused by: ";
  private static final String JOB_JAR_SUFFIX = "-job.jar";

  private JobSubmission() {}

  /**
   * Uploads the job's jar and runs it.
   *
   * @param jobsYaml settings of the job; the job manager reads this path
   * @return a line that names the job
   */
  public static String submit(String restAddress, Path jobsYaml)
      throws ChildFailedException, IOException, InterruptedException {
    String base = restAddress.contains("://") ? restAddress : "http://" + restAddress;
    return "job %s on %s".formatted(submit(base, jobsYaml, null), base);
  }

  /**
   * Uploads the job's jar and runs it, going on from a checkpoint or savepoint.
   *
   * @param restorePoint null to begin without state
   * @return the job's id
   */
  static String submit(String base, Path jobsYaml, @Nullable Path restorePoint)
      throws ChildFailedException, IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    try {
      JsonNode upload = send(client, upload(base, jobJar()));
      String file = upload.path("filename").asText();
      String jarId = file.substring(file.lastIndexOf('/') + 1);
      Map<String, Object> request = new HashMap<>();
      request.put("entryClass", TrafficJob.class.getName());
      request.put("programArgsList", List.of("--config", jobsYaml.toAbsolutePath().toString()));
      if (restorePoint != null) {
        request.put("savepointPath", restorePoint.toUri().toString());
        request.put("allowNonRestoredState", false);
      }
      byte[] run = new ObjectMapper().writeValueAsBytes(request);
      JsonNode job =
          send(
              client,
              HttpRequest.newBuilder(URI.create(base + "/jars/" + jarId + "/run"))
                  .timeout(TIMEOUT)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(run))
                  .build());
      return job.path("jobid").asText();
    } catch (ConnectException e) {
      throw new ChildFailedException("Flink at %s cannot be reached".formatted(base));
    }
  }

  private static HttpRequest upload(String base, Path jar) throws IOException {
    String boundary = UUID.randomUUID().toString();
    String head =
        """
        --%s\r
        Content-Disposition: form-data; name="jarfile"; filename="%s"\r
        Content-Type: application/x-java-archive\r
        \r
        """
            .formatted(boundary, jar.getFileName());
    return HttpRequest.newBuilder(URI.create(base + "/jars/upload"))
        .timeout(TIMEOUT)
        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
        .POST(
            BodyPublishers.ofByteArrays(
                List.of(
                    head.getBytes(StandardCharsets.UTF_8),
                    Files.readAllBytes(jar),
                    ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8))))
        .build();
  }

  private static JsonNode send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException, ChildFailedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      String cause = rootCause(response.body());
      throw new ChildFailedException(
          "Flink answered %d to %s: %s"
              .formatted(
                  response.statusCode(),
                  request.uri().getPath(),
                  cause.substring(0, Math.min(300, cause.length()))));
    }
    return new ObjectMapper().readTree(response.body());
  }

  /** Flink answers with a stack trace; what happened is in its last cause. */
  private static String rootCause(String body) {
    String trace = body.replace("\\n", "\n");
    int last = trace.lastIndexOf(CAUSED_BY);
    String cause = last < 0 ? trace : trace.substring(last + CAUSED_BY.length());
    return cause.lines().findFirst().orElse("");
  }

  /** The job's jar lies beside the jar this class is in, or where the build put it. */
  private static Path jobJar() throws ChildFailedException {
    try {
      Path here =
          Path.of(TrafficJob.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path directory : List.of(here.resolveSibling("."), here.resolveSibling("../job"))) {
        if (Files.isDirectory(directory)) {
          try (Stream<Path> files = Files.list(directory)) {
            var found = files.filter(file -> file.toString().endsWith(JOB_JAR_SUFFIX)).findFirst();
            if (found.isPresent()) {
              return found.get().normalize();
            }
          }
        }
      }
    } catch (IOException | URISyntaxException e) {
      throw new ChildFailedException("the job's jar cannot be found: " + e.getMessage());
    }
    throw new ChildFailedException(
        "the job's jar is not built (expected: *" + JOB_JAR_SUFFIX + ")");
  }
}
