package org.ipv6flow.schema;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The contracts depend on none of those who keep to them. */
@AnalyzeClasses(
    packages = "org.ipv6flow.schema",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SchemaArchitectureTest {

  @ArchTest
  static final ArchRule CONTRACTS_KNOW_NO_PROGRAM =
      noClasses()
          .that()
          .resideInAPackage("org.ipv6flow.schema..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.ipv6flow.collector..",
              "org.ipv6flow.jobs..",
              "org.ipv6flow.embedded..",
              "org.ipv6flow.simulator..",
              "org.ipv6flow.standalone..",
              "org.ipv6flow.launcher..",
              "org.ipv6flow.benchmarks..");

  @ArchTest
  static final ArchRule CONTRACTS_NEED_NO_ENGINE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.flink..", "io.netty..");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLES =
      slices().matching("org.ipv6flow.schema.(*)..").should().beFreeOfCycles();
}
