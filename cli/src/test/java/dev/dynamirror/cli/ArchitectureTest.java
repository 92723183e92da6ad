package dev.dynamirror.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** What the command line may use of what is below it. */
@AnalyzeClasses(packages = "dev.dynamirror.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** It prints values that core has read, and waits for the SDK's threads to end. */
    @ArchTest
    static final ArchRule DYNAMODB_IS_SPOKEN_TO_IN_CORE = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("software.amazon.awssdk..")
                    .and(not(nameMatching("software\\.amazon\\.awssdk\\."
                            + "(crt\\.CrtResource|services\\.dynamodb\\.model\\.AttributeValue(\\$Type)?)"))));

    /** Of items it knows how they are read, and the setting of their numbers. */
    @ArchTest
    static final ArchRule CHANGES_ARE_WRITTEN_BY_MIRRORS = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "dev.dynamirror.write..",
                            "dev.dynamirror.item..",
                            "dev.dynamirror.flink.sink..",
                            "dev.dynamirror.testkit..")
                    .and(not(nameMatching("dev\\.dynamirror\\.item\\.(UnstorableNumbers|ItemDecoder)"))));

    @ArchTest
    static final ArchRule FLINK_IS_RUN_BY_THE_JOB_CONFIGURED_BY_OPTIONS_AND_COUNTED_BY_THE_REPORTER = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(MirrorJob|EngineOption|MonitoringOptions|Counts|CountingReporter)(\\$.*)?")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.flink..")
                    .and(not(resideInAnyPackage("org.apache.flink.shaded.jackson2.."))));

    @ArchTest
    static final ArchRule ONLY_THE_CONSOLE_PRINTS =
            noClasses().that().doNotHaveSimpleName("Console").should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule LOGGING_IS_SLF4J = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    /** CountingReporter is public for Flink, which makes it. */
    @ArchTest
    static void fewTypesArePublic(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName))
                .containsExactlyInAnyOrder("dev.dynamirror.cli.Main", "dev.dynamirror.cli.CountingReporter");
    }
}
