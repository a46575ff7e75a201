package org.ipv6flow.embedded.clickhouse;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one engine for all test classes of a run, on a directory below {@code target}. */
final class EngineForTests implements BeforeAllCallback, ParameterResolver {

  private static final ExtensionContext.Namespace STORE =
      ExtensionContext.Namespace.create(EngineForTests.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    assumeEngine();
    shared(context);
  }

  /** Skips the tests where the engine cannot run, and says why. */
  static void assumeEngine() {
    assumeTrue(
        ChdbLibrary.obstacle().isEmpty(),
        () -> "no ClickHouse engine here: " + ChdbLibrary.obstacle().orElse(""));
  }

  static Path newDataDirectory() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target", "engines")), "ch");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedClickHouse shared(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(STORE)
        .getOrComputeIfAbsent("engine", key -> new Shared(), Shared.class)
        .engine;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == EmbeddedClickHouse.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return shared(context);
  }

  /** Closed by JUnit with the store it is in. */
  private static final class Shared implements AutoCloseable {

    private final EmbeddedClickHouse engine;

    private Shared() {
      try {
        engine = EmbeddedClickHouse.builder().dataDir(newDataDirectory()).start();
      } catch (ClickHouseStartException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      engine.close();
    }
  }
}
