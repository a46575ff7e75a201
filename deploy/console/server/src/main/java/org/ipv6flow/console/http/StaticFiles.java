package org.ipv6flow.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Files of the user interface, from the class path folder {@code org/ipv6flow/console/ui}. A path
 * without an extension is a page of the application: it gets {@code index.html}.
 */
public final class StaticFiles {

  private static final String FOLDER = "org/ipv6flow/console/ui";
  private static final Pattern SAFE = Pattern.compile("(/[A-Za-z0-9_@][A-Za-z0-9._@-]*)*/?");
  private static final Pattern HASHED = Pattern.compile(".*[.-][A-Z0-9]{8}\\.[a-z0-9]+(\\.map)?");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("md", "text/markdown; charset=utf-8"),
          Map.entry("yaml", "application/yaml"),
          Map.entry("webmanifest", "application/manifest+json"));

  private final ClassLoader loader;
  private final Map<String, Optional<Answer>> known = new ConcurrentHashMap<>();

  public StaticFiles(ClassLoader loader) {
    this.loader = loader;
  }

  /** The file of a path. */
  public Optional<Answer> find(String path) {
    if (path.length() > 300 || !SAFE.matcher(path).matches() || path.contains("..")) {
      return Optional.empty();
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean isPage = !name.contains(".");
    // Pages have endless paths, and one file.
    return known.computeIfAbsent(isPage ? "/index.html" : path, this::read);
  }

  private Optional<Answer> read(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    try (InputStream in = loader.getResourceAsStream(FOLDER + path)) {
      if (in == null || type == null) {
        return Optional.empty();
      }
      byte[] body = in.readAllBytes();
      return Optional.of(
          Answer.of(type, body)
              .withHeader("ETag", Tags.weak(body))
              .withHeader(
                  "Cache-Control",
                  HASHED.matcher(name).matches()
                      ? "public, max-age=31536000, immutable"
                      : "no-cache"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
