package io.holdfast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The picture of the house: a package uses lower floors only, never its neighbours, never above. */
class ArchitectureTest {
  private static final List<List<String>> FLOORS = List.of(
      List.of("document", "telemetry"),
      List.of("protocol", "kind", "auth"),
      List.of("entity", "journal"),
      List.of("replica"),
      List.of("session"),
      List.of("http", "cli"));

  private static final JavaClasses HOUSE = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("io.holdfast");

  @Test
  void everyPackageStaysOnItsFloor() {
    LayeredArchitecture house = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (List<String> floor : FLOORS) {
      for (String name : floor) {
        house = house.layer(name).definedBy("io.holdfast." + name + "..");
      }
    }
    house = house.layer("root").definedBy("io.holdfast");
    for (int i = 0; i < FLOORS.size(); i++) {
      String[] above = above(i);
      for (String name : FLOORS.get(i)) {
        house = house.whereLayer(name).mayOnlyBeAccessedByLayers(above);
      }
    }
    house.check(HOUSE);
  }

  private static String[] above(int floor) {
    List<String> above = new ArrayList<>(List.of("root"));
    FLOORS.subList(floor + 1, FLOORS.size()).forEach(above::addAll);
    return above.toArray(String[]::new);
  }

  @Test
  void everyPackageHasAFloor() {
    List<String> known = FLOORS.stream().flatMap(List::stream).toList();

    assertThat(HOUSE.stream().map(c -> c.getPackageName()).distinct())
        .allSatisfy(name -> assertThat(name.equals("io.holdfast")
                || known.contains(name.substring("io.holdfast.".length())))
            .isTrue());
  }

  @Test
  void thePureFloorsKnowNoActors() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.holdfast.document..",
            "io.holdfast.protocol..",
            "io.holdfast.kind..",
            "io.holdfast.auth..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("akka..", "scala..", "java.sql..")
        .check(HOUSE);
  }

  @Test
  void nobodyGoesInCircles() {
    SlicesRuleDefinition.slices()
        .matching("io.holdfast.(*)..")
        .should()
        .beFreeOfCycles()
        .check(HOUSE);
  }

  @Test
  void onlyTheDatabaseFloorKnowsSql() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.holdfast.journal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "slick..")
        .check(HOUSE);
  }

  @Test
  void nothingIsCalledAfterWhatItIsMadeOf() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(HOUSE);
  }

  @Test
  void classesAreFinalOrSealed() {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAssignableTo(Throwable.class)
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
        .orShould()
        .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT)
        .check(HOUSE);
  }
}
