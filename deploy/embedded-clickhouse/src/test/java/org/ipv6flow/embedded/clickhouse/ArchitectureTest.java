package org.ipv6flow.embedded.clickhouse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = ArchitectureTest.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule THE_BINDING_KNOWS_NOTHING_OF_HTTP =
      noClasses()
          .that()
          .resideInAPackage("..chdb..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..clickhouse.http..", "io.netty..");

  @ArchTest
  static final ArchRule ONLY_THE_BINDING_CALLS_NATIVE_CODE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..chdb..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule THE_DRIVERS_ARE_FOR_TESTS_ONLY =
      noClasses().should().dependOnClassesThat().resideInAPackage("com.clickhouse..");
}
