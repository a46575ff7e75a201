package org.ipv6flow.collector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the collector as a whole leaves to others; see docs/architecture.md. */
@AnalyzeClasses(
    packages = "org.ipv6flow.collector",
    importOptions = ImportOption.DoNotIncludeTests.class)
class CollectorArchitectureTest {

  @ArchTest
  static final ArchRule COLLECTOR_KNOWS_NO_OTHER_PROGRAM =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.ipv6flow.jobs..",
              "org.ipv6flow.embedded..",
              "org.ipv6flow.simulator..",
              "org.ipv6flow.standalone..",
              "org.ipv6flow.launcher..",
              "org.ipv6flow.benchmarks..");

  @ArchTest
  static final ArchRule ADMIN_SERVER_KNOWS_NOTHING_OF_COLLECTING =
      noClasses()
          .that()
          .resideInAPackage("..collector.admin..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..collector.decode..",
              "..collector.kafka..",
              "..collector.transport..",
              "..collector.config..");

  @ArchTest
  static final ArchRule ONLY_THE_PUBLISHER_KNOWS_KAFKA =
      noClasses()
          .that()
          .resideOutsideOfPackage("..collector.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule ONLY_THE_TRANSPORT_KNOWS_SOCKETS =
      noClasses()
          .that()
          .resideOutsideOfPackage("..collector.transport..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty.channel..");

  @ArchTest
  static final ArchRule LINKS_AND_OPERATORS_ARE_THE_STREAM_JOBS_BUSINESS =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.ipv6flow.collector")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.ipv6flow.schema.inventory..", "org.ipv6flow.schema.traffic..");
}
